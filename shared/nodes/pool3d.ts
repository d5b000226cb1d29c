import { z } from 'zod';
import { float32 } from '../types/shape.ts';
import { defineLayer, type LayerNode, type NodeExample } from './defineNode.ts';
import { kerasPoolName, type PoolKind, pool, poolPaddingText, torchPool } from './pool.ts';
import { floatPort, tensorPort } from './ports.ts';
import { required } from './required.ts';
import { python } from './sources.ts';
import { paddingOf, paddingSchema, sizeTriple, slideWindow, torchPadding } from './window.ts';

/**
 * A layer that makes one value of each window of a volume: `[B, D, H, W, C]` → `[B, D′, H′, W′, C]`. Its windows
 * are boxes, so that it is a pooling of height and width and then one of depth: at the border both count
 * the places that exist, whose numbers multiply.
 */
export function definePool3d({ operation, ...kind }: PoolKind): LayerNode {
  return defineLayer({
    kind: kind.kind,
    category: 'convolution',
    icon: kind.icon,
    text: {
      title: kind.title,
      description: kind.description,
      params: {
        poolSize: { label: 'Window', help: 'Depth, height and width of the window.' },
        strides: { label: 'Stride', help: 'How far the window moves along each axis.' },
        padding: poolPaddingText,
      },
      ports: { x: 'volume', y: 'volume' },
      aliases: kind.aliases,
    },
    params: z.object({
      poolSize: sizeTriple([2, 2, 2], 255),
      strides: sizeTriple([2, 2, 2], 255),
      padding: paddingSchema.default('valid'),
    }),
    ports: { inputs: [floatPort()], outputs: [tensorPort()] },
    infer({ inputs: { x }, params, nodeId }) {
      if (!x) return { outputs: {} };
      const slid = slideWindow(x, { ...params, size: params.poolSize });
      if (!('problem' in slid)) {
        return { outputs: { y: float32([x.shape[0] ?? 'B', ...slid.places, slid.channels]) } };
      }
      if (slid.problem.code !== 'window-too-large') return slid;
      const fix = { kind: 'set-param' as const, nodeId, param: 'padding', value: 'same' };
      return { problem: { ...slid.problem, param: 'poolSize', fix } };
    },
    flops({ outputs: { y }, params }) {
      if (y?.type !== 'tensor') return 0;
      return [...y.shape.slice(1).map(Number), ...params.poolSize].reduce(
        (product, size) => product * size,
        1,
      );
    },
    forward({ ctx: { ops }, inputs, params: { poolSize, strides, padding } }) {
      const x = required(inputs.x, `${kind.kind}: x`);
      const [batch = 1, depth = 1, height = 1, width = 1, channels = 1] = x.shape;
      const [deep, high, wide] = poolSize;
      const slices = pool(ops, operation, ops.reshape(x, [batch * depth, height, width, channels]), {
        size: [high, wide],
        strides: [strides[1], strides[2]],
        padding,
      });
      const [, rows = 1, columns = 1] = slices.shape;
      const y = pool(ops, operation, ops.reshape(slices, [batch, depth, rows * columns, channels]), {
        size: [deep, 1],
        strides: [strides[0], 1],
        padding,
      });
      return { y: ops.reshape(y, [batch, y.shape[1] ?? 1, rows, columns, channels]) };
    },
    summary: ({ poolSize, strides, padding }) => [
      `${poolSize.join('×')} · stride ${strides.join('×')} · ${padding}`,
    ],
    lesson: kind.lesson,
    sources: {
      pytorch: ({ inputs: { x }, params }) => ({
        call: torchPool(
          operation,
          3,
          `${python(params.poolSize)}, ${python(params.strides)}`,
          python(x ? torchPadding(paddingOf(x, { ...params, size: params.poolSize })) : []),
        ),
      }),
      keras: ({ params }) => ({
        module: `keras.layers.${kerasPoolName[operation]}3D(${python(params.poolSize)}, strides=${python(params.strides)}, padding="${params.padding}")`,
        call: '{self}({x})',
      }),
    },
    examples,
  });
}

const examples: readonly NodeExample[] = [
  {
    name: 'halves every axis',
    inputs: { x: float32([2, 4, 6, 4, 2]) },
    params: {},
    outputs: { y: [2, 2, 3, 2, 2] },
    parameterCount: 0,
  },
  {
    name: 'odd size, same keeps the edges',
    inputs: { x: float32([1, 3, 5, 4, 2]) },
    params: { padding: 'same' },
    outputs: { y: [1, 2, 3, 2, 2] },
  },
  {
    name: 'overlapping windows, uneven',
    inputs: { x: float32([1, 5, 4, 3, 1]) },
    params: { poolSize: [3, 2, 1], strides: [2, 1, 1], padding: 'same' },
    outputs: { y: [1, 3, 4, 3, 1] },
  },
];
