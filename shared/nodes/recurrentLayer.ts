import type { Tensor } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { formatShape, type TensorType } from '../types/portType.ts';
import { dimProduct, float32, sameShape } from '../types/shape.ts';
import {
  defineLayer,
  type InferArgs,
  type LayerNode,
  type NodeExample,
  type NodeLesson,
  type NodeProblem,
  type NodeSource,
  type PortSpec,
  type WeightSpec,
} from './defineNode.ts';
import { dropValues } from './dropValues.ts';
import type { Ops, RecurrentArgs, RecurrentResult } from './ops.ts';
import { binaryMask } from './paddingMask.ts';

const sharedParams = {
  units: z.int().min(1).max(16_384).default(64),
  layers: z.int().min(1).max(16).default(1),
  bidirectional: z.boolean().default(false),
  returns: z.enum(['sequence', 'last']).default('sequence'),
  dropout: z.number().min(0).max(0.95).default(0).meta({ step: 0.05 }),
  recurrentDropout: z.number().min(0).max(0.95).default(0).meta({ step: 0.05 }),
};

const paramTexts = {
  units: { label: 'Units', help: 'Size of the state, and of the output in one direction.' },
  layers: { label: 'Layers', help: 'How many are stacked, each fed by the one before.' },
  bidirectional: {
    label: 'Both directions',
    help: 'A second one reads from the end; the outputs are joined.',
  },
  returns: {
    label: 'Output',
    help: 'What leaves at y; final states have ports of their own.',
    options: { sequence: 'Every step', last: 'Last state' },
  },
  dropout: { label: 'Dropout', help: 'Between stacked layers, while training.' },
  recurrentDropout: {
    label: 'Recurrent dropout',
    help: 'On the way of the state into the next step: the same numbers at every step.',
  },
} as const;

export type RecurrentParams = z.infer<z.ZodObject<typeof sharedParams>>;

/** One cell with its weights: what `ops.lstm` and its like take beside the options of the layer. */
export interface CellArgs extends RecurrentArgs {
  readonly c: Tensor;
  readonly recurrentBias: Tensor | undefined;
}

/** What tells one recurrent layer from another. */
export interface RecurrentKind {
  readonly kind: string;
  readonly title: string;
  readonly description: string;
  readonly aliases: readonly string[];
  /** Blocks of `units` in the kernels' last axis. */
  readonly gates: number;
  /** States by port. */
  readonly states: readonly ('h' | 'c')[];
  /** A bias of the recurrent product beside that of the input. */
  readonly recurrentBias?: boolean;
  run(ops: Ops, args: CellArgs): RecurrentResult & { readonly c?: Tensor };
  /** Name of PyTorch's module. */
  readonly torch: string;
  keras(args: InferArgs<RecurrentParams>): NodeSource | undefined;
  readonly lesson: NodeLesson;
  readonly examples: readonly NodeExample[];
}

/** `kernel`, `kernel2Reverse`: the first layer's forward weights have plain names. */
const weightName = (weight: string, layer: number, reverse: boolean): string =>
  `${weight}${layer === 0 ? '' : layer + 1}${reverse ? 'Reverse' : ''}`;

const directionsOf = ({ bidirectional }: RecurrentParams): readonly boolean[] =>
  bidirectional ? [false, true] : [false];

const stateSize = (params: RecurrentParams): number =>
  params.layers * directionsOf(params).length * params.units;

/** Every cell of the stack with the size of what it reads. */
function cellsOf(params: RecurrentParams, features: number) {
  const directions = directionsOf(params);
  return Array.from({ length: params.layers }, (_, layer) =>
    directions.map((reverse) => ({
      layer,
      reverse,
      inputs: layer === 0 ? features : params.units * directions.length,
    })),
  ).flat();
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
      params: paramTexts,
      ports: { x: 'sequence', mask: 'mask', y: 'output', ...statePorts },
      aliases: cell.aliases,
    },
    params: z.object(sharedParams),
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
      pytorch: (args) => torchSource(cell, args),
      keras: (args) => cell.keras(args),
    },
    examples: cell.examples,
  });
}

function join(ops: Ops, values: readonly Tensor[], axis: number): Tensor {
  const [only] = values;
  return only && values.length === 1 ? only : ops.concat(values, axis);
}

function torchSource(
  { torch, states, recurrentBias }: RecurrentKind,
  { inputs, params }: InferArgs<RecurrentParams>,
): NodeSource | undefined {
  // PyTorch's layers know no mask. Forwards they can be run step by step; both ways they cannot.
  if (inputs.mask && params.bidirectional) return undefined;
  const features = Number(inputs.x?.shape[2]);
  const { units, layers, bidirectional, dropout } = params;
  const options = [
    'batch_first=True',
    ...(layers > 1 ? [`num_layers=${layers}`] : []),
    ...(bidirectional ? ['bidirectional=True'] : []),
    ...(layers > 1 && dropout > 0 ? [`dropout=${dropout}`] : []),
  ];
  const weights: Record<string, { name: string; value?: string }> = {};
  const zeros: string[] = [];
  for (const { layer, reverse } of cellsOf(params, features)) {
    const suffix = `_l${layer}${reverse ? '_reverse' : ''}`;
    weights[weightName('kernel', layer, reverse)] = { name: `weight_ih${suffix}`, value: '{w}.T' };
    weights[weightName('recurrent', layer, reverse)] = { name: `weight_hh${suffix}`, value: '{w}.T' };
    weights[weightName('bias', layer, reverse)] = { name: `bias_ih${suffix}` };
    if (recurrentBias) weights[weightName('recurrentBias', layer, reverse)] = { name: `bias_hh${suffix}` };
    else zeros.push(`bias_hh${suffix}`);
  }
  const count = layers * (bidirectional ? 2 : 1);
  const apart = (port: string) =>
    inputs[port] ? `{${port}}.unflatten(1, (${count}, ${units})).transpose(0, 1).contiguous()` : undefined;
  const given = states.map((state) => apart(`${state}0`));
  const zero = `{x}.new_zeros(${count}, len({x}), ${units})`;
  const initial = given.some((state) => state !== undefined)
    ? `, ${states.length > 1 ? `(${given.map((state) => state ?? zero).join(', ')})` : (given[0] ?? zero)}`
    : '';
  const zeros0 = given.map((state) => state ?? zero).join(', ');
  const together = (state: string) => `${state}.transpose(0, 1).flatten(1)`;
  const last = `${states.length > 1 ? 's[0]' : 's'}[${bidirectional ? '-2:' : '-1:'}].transpose(0, 1).flatten(1)`;
  const y = params.returns === 'last' ? last : 'y';
  const finals = states.length > 1 ? [together('s[0]'), together('s[1]')] : [together('s')];
  const module = `nn.${torch}(${features}, ${units}, ${options.join(', ')})`;
  if (inputs.mask) {
    // Where the mask is 0 the states stay and the output is nothing; `s` holds states and output of a step.
    const news = states.length > 1 ? ['n[0]', 'n[1]'] : ['n'];
    const next = news.map((state, place) => `torch.where(m[:, None], ${state}, s[${place}])`);
    const step = `(lambda y, n: (${next.join(', ')}, y * m[:, None, None]))(*{self}(x, ${states.length > 1 ? 's[:2]' : 's[0]'}))`;
    const steps = `[(s := ${step}) for x, m in zip({x}.split(1, 1), ({mask} >= 0.5).unbind(1))]`;
    const sequence = params.returns === 'last' ? 's[0][-1]' : 'torch.cat([a[-1] for a in all], 1)';
    const ends = states.map((_, place) => together(`s[${place}]`));
    return {
      module,
      call: `(lambda s: (lambda all: (${[sequence, ...ends].join(', ')}))(${steps}))((${zeros0},))`,
      weights,
      ...(zeros.length > 0 && { zeros }),
    };
  }
  return {
    module,
    call: `(lambda y, s: (${[y, ...finals].join(', ')}))(*{self}({x}${initial}))`,
    weights,
    ...(zeros.length > 0 && { zeros }),
  };
}
