import type { Tensor } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { formatShape, type TensorType } from '../types/portType.ts';
import { dimProduct, float32, sameShape } from '../types/shape.ts';
import {
  defineLayer,
  type LayerNode,
  type NodeExample,
  type NodeLesson,
  type NodeProblem,
  type PortSpec,
  type WeightSpec,
} from './defineNode.ts';
import { dropValues } from './dropValues.ts';
import type { Ops, RecurrentArgs, RecurrentResult } from './ops.ts';
import { binaryMask } from './paddingMask.ts';
import { kerasRecurrent, type RecurrentSource, torchRecurrent } from './recurrentSources.ts';
import {
  cellsOf,
  directionsOf,
  type RecurrentParams,
  recurrentParams,
  recurrentTexts,
  stateSize,
  weightName,
} from './recurrentStack.ts';

/** One cell with its weights: what `ops.lstm` and its like take beside the options of the layer. */
export interface CellArgs extends RecurrentArgs {
  readonly c: Tensor;
  readonly recurrentBias: Tensor | undefined;
}

/** What tells one recurrent layer from another. */
export interface RecurrentKind extends RecurrentSource {
  readonly kind: string;
  readonly title: string;
  readonly description: string;
  readonly aliases: readonly string[];
  /** Blocks of `units` in the kernels' last axis. */
  readonly gates: number;
  run(ops: Ops, args: CellArgs): RecurrentResult & { readonly c?: Tensor };
  readonly lesson: NodeLesson;
  readonly examples: readonly NodeExample[];
}

const sequenceProblem = (x: TensorType): NodeProblem => ({
  code: 'needs-sequence-input',
  port: 'x',
  data: { expected: 'B×T×F', received: formatShape(x.shape) },
});

function checkInputs(
  { x, mask, ...states }: Readonly<Record<string, TensorType>>,
  params: RecurrentParams,
): NodeProblem | undefined {
  if (!x) return undefined;
  const [batch = 'B', steps = 'T'] = x.shape;
  if (x.shape.length !== 3 || typeof x.shape[2] !== 'number') return sequenceProblem(x);
  const wanted: Record<string, (string | number)[]> = { mask: [batch, steps] };
  for (const port of Object.keys(states)) wanted[port] = [batch, stateSize(params)];
  for (const [port, type] of Object.entries({ mask, ...states })) {
    const shape = wanted[port];
    if (!type || !shape || sameShape(type.shape, shape)) continue;
    return {
      code: 'shapes-differ',
      port,
      data: { expected: formatShape(shape), received: formatShape(type.shape) },
    };
  }
  return undefined;
}

/**
 * A recurrent layer over `[B, T, F]`: `y` is `[B, T, D·U]` or the last `[B, D·U]` for U units in D
 * directions; states are `[B, layers·D·U]`, layer by layer, forward before backward.
 */
export function defineRecurrent(cell: RecurrentKind): LayerNode {
  const { kind, states } = cell;
  const stateInputs: PortSpec[] = states.map((id) => ({
    id: `${id}0`,
    type: 'tensor',
    dtypes: ['float32'],
    optional: true,
  }));
  const statePorts = Object.fromEntries(
    states.flatMap((id) => [
      [`${id}0`, `first ${id}`],
      [id, `final ${id}`],
    ]),
  );
  return defineLayer({
    kind,
    category: 'recurrent',
    icon: 'repeat',
    text: {
      title: cell.title,
      description: cell.description,
      params: recurrentTexts,
      ports: { x: 'sequence', mask: 'mask', y: 'output', ...statePorts },
      aliases: cell.aliases,
    },
    params: z.object(recurrentParams),
    ports: {
      inputs: [
        { id: 'x', type: 'tensor', dtypes: ['float32'] },
        ...stateInputs,
        { id: 'mask', type: 'tensor', dtypes: ['float32'], optional: true },
      ],
      outputs: [{ id: 'y', type: 'tensor' }, ...states.map((id) => ({ id, type: 'tensor' as const }))],
    },
    infer({ inputs, params }) {
      const { x } = inputs;
      if (!x) return { outputs: {} };
      const problem = checkInputs(inputs, params);
      if (problem) return { problem };
      const [batch = 'B', steps = 'T'] = x.shape;
      const width = params.units * directionsOf(params).length;
      const state = float32([batch, stateSize(params)]);
      return {
        outputs: {
          y: float32(params.returns === 'last' ? [batch, width] : [batch, steps, width]),
          ...Object.fromEntries(states.map((id) => [id, state])),
        },
      };
    },
    weights({ inputs: { x }, params }) {
      const features = x?.shape[2];
      if (typeof features !== 'number') return {};
      const { units } = params;
      const width = cell.gates * units;
      const specs: Record<string, WeightSpec> = {};
      for (const { layer, reverse, inputs } of cellsOf(params, features)) {
        const add = (weight: string, spec: Omit<WeightSpec, 'trainable'>) => {
          specs[weightName(weight, layer, reverse)] = { ...spec, trainable: true };
        };
        add('kernel', {
          shape: [inputs, width],
          init: { kind: 'glorot-uniform', fanIn: inputs, fanOut: units },
        });
        add('recurrent', { shape: [units, width], init: { kind: 'orthogonal', gain: 1 } });
        add('bias', { shape: [width], init: { kind: 'zeros' } });
        if (cell.recurrentBias) add('recurrentBias', { shape: [width], init: { kind: 'zeros' } });
      }
      return specs;
    },
    flops({ inputs: { x }, params }) {
      const features = x?.shape[2];
      const steps = dimProduct(x?.shape.slice(1, 2) ?? []) ?? 1;
      if (typeof features !== 'number') return 0;
      const products = cellsOf(params, features).map(({ inputs }) => inputs + params.units);
      return steps * products.reduce((sum, rows) => sum + 2 * rows * cell.gates * params.units, 0);
    },
    forward({ ctx, inputs, weights, params }) {
      const { x, mask } = inputs;
      if (!x) throw new Error(`${kind}: input missing`);
      const { ops } = ctx;
      const { units } = params;
      const present = mask && binaryMask(ops, mask);
      const batch = x.shape[0] ?? 1;
      const finals: Record<'h' | 'c', Tensor[]> = { h: [], c: [] };
      const first = (state: 'h' | 'c', place: number): Tensor => {
        const given = inputs[`${state}0`];
        return given ? ops.slice(given, [0, place * units], [batch, units]) : ops.zeros([batch, units]);
      };
      const weight = (name: string, layer: number, reverse: boolean): Tensor => {
        const found = weights[weightName(name, layer, reverse)];
        if (!found) throw new Error(`${kind}: ${name} missing`);
        return found;
      };
      const directions = directionsOf(params);
      let value = x;
      let last: Tensor[] = [];
      for (let layer = 0; layer < params.layers; layer += 1) {
        const read = layer === 0 ? x : dropValues(ctx, value, params.dropout);
        const results = directions.map((reverse) => {
          const place = layer * directions.length + (reverse ? 1 : 0);
          return cell.run(ops, {
            x: read,
            h: first('h', place),
            c: first('c', place),
            kernel: weight('kernel', layer, reverse),
            recurrent: weight('recurrent', layer, reverse),
            bias: weight('bias', layer, reverse),
            recurrentBias: cell.recurrentBias ? weight('recurrentBias', layer, reverse) : undefined,
            ...(present && { mask: present }),
            reverse,
            ...(ctx.training &&
              params.recurrentDropout > 0 && {
                recurrentDropout: { rate: params.recurrentDropout, random: ctx.random },
              }),
          });
        });
        last = results.map(({ h }) => h);
        finals.h.push(...last);
        finals.c.push(...results.flatMap(({ c }) => (c ? [c] : [])));
        value = join(
          ops,
          results.map(({ sequence }) => sequence),
          2,
        );
      }
      return {
        y: params.returns === 'last' ? join(ops, last, 1) : value,
        ...Object.fromEntries(states.map((state) => [state, join(ops, finals[state], 1)])),
      };
    },
    summary: (params) => [
      `${params.units} units${params.layers > 1 ? ` × ${params.layers}` : ''}${params.bidirectional ? ' · both ways' : ''}`,
      params.returns === 'last' ? 'last state' : 'every step',
    ],
    lesson: cell.lesson,
    sources: {
      pytorch: (args) => torchRecurrent(cell, args),
      keras: (args) => kerasRecurrent(cell, args),
    },
    examples: cell.examples,
  });
}

function join(ops: Ops, values: readonly Tensor[], axis: number): Tensor {
  const [only] = values;
  return only && values.length === 1 ? only : ops.concat(values, axis);
}
