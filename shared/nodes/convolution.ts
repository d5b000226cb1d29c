import { formatShape, type TensorType } from '../types/portType.ts';
import { float32 } from '../types/shape.ts';
import { type ActivationName, activationMeaning, activationOptions } from './activations.ts';
import type { InferResult, NodeProblem, NodeSource, WeightSpec } from './defineNode.ts';
import { type KernelInitializer, kernelInitializer, kernelInitializerOptions } from './initializers.ts';
import { channelsFirst, kerasActivation, python, torchActivation } from './sources.ts';
import { paddingOf, slideWindow, torchPadding, type WindowParams, windowExtent } from './window.ts';

/** Texts of the parameters that every convolution has. */
export const convolutionTexts = {
  filters: { label: 'Filters', help: 'Channels of the output.' },
  activation: { label: 'Activation', options: activationOptions },
  bias: { label: 'Bias' },
  initializer: {
    label: 'Initialiser',
    help: 'Starting values of the kernel.',
    options: kernelInitializerOptions,
  },
} as const;

export interface Convolution extends WindowParams {
  readonly filters: number;
  readonly groups?: number;
  readonly activation: ActivationName;
  readonly bias: boolean;
}

/** Numbers of a kernel with zeros between its taps: 1 GiB. */
const MAX_SPREAD = 2 ** 28;

/** A dilated kernel is written out for computing, which takes far more room than its weights. */
function spreadProblem(params: Convolution, inputs: number, nodeId: string): NodeProblem | undefined {
  const { dilations, filters } = params;
  if (!dilations?.some((dilation) => dilation > 1)) return undefined;
  const window = params.size.map((size, axis) => windowExtent(size, dilations[axis]));
  const count = window.reduce((product, size) => product * size, inputs * filters);
  if (count <= MAX_SPREAD) return undefined;
  const value = dilations.length === 1 ? 1 : dilations.map(() => 1);
  return {
    code: 'kernel-spread-too-large',
    param: 'dilations',
    data: { window: window.join('×'), count, limit: MAX_SPREAD },
    fix: { kind: 'set-param', nodeId, param: 'dilations', value },
  };
}

/** The shape after a convolution, or the Problem that it does not fit. */
export function inferConvolution(
  x: TensorType | undefined,
  params: Convolution,
  nodeId: string,
): InferResult {
  if (!x) return { outputs: {} };
  const slid = slideWindow(x, params);
  if ('problem' in slid) {
    return slid.problem.code === 'window-too-large'
      ? {
          problem: {
            ...slid.problem,
            param: 'kernelSize',
            fix: { kind: 'set-param', nodeId, param: 'padding', value: 'same' },
          },
        }
      : slid;
  }
  const { groups = 1, filters } = params;
  if (slid.channels % groups !== 0 || filters % groups !== 0) {
    return {
      problem: {
        code: 'groups-do-not-fit',
        port: 'x',
        param: 'groups',
        data: { groups, channels: slid.channels, filters, received: formatShape(x.shape) },
        fix: { kind: 'set-param', nodeId, param: 'groups', value: 1 },
      },
    };
  }
  const problem = spreadProblem(params, slid.channels / groups, nodeId);
  if (problem) return { problem };
  const shape = [x.shape[0] ?? 'B', ...slid.places, filters];
  return { outputs: { y: { ...float32(shape), ...activationMeaning(params.activation) } } };
}

/** Kernel `[…size, Cin / groups, filters]` and bias. */
export function convolutionWeights(
  x: TensorType | undefined,
  params: Convolution & { readonly initializer: KernelInitializer },
): Readonly<Record<string, WeightSpec>> {
  const channels = x?.shape.at(-1);
  if (typeof channels !== 'number') return {};
  const inputs = channels / (params.groups ?? 1);
  const taps = params.size.reduce((product, size) => product * size, 1);
  return {
    kernel: {
      shape: [...params.size, inputs, params.filters],
      init: kernelInitializer(params.initializer, { fanIn: taps * inputs, fanOut: taps * params.filters }),
      trainable: true,
    },
    ...(params.bias && {
      bias: { shape: [params.filters], init: { kind: 'zeros' as const }, trainable: true },
    }),
  };
}

/** A multiply-add for every tap of every output number, and the bias. */
export function convolutionFlops(
  x: TensorType | undefined,
  y: { readonly type: string } | undefined,
  params: Convolution,
): number {
  if (!x || y?.type !== 'tensor') return 0;
  const places = (y as TensorType).shape.slice(1).reduce<number>((product, dim) => product * Number(dim), 1);
  const taps = params.size.reduce((product, size) => product * size, 1);
  return places * ((2 * taps * Number(x.shape.at(-1))) / (params.groups ?? 1) + (params.bias ? 1 : 0));
}

/** `nn.Conv1d`, `2d` or `3d`, with zeros put around where TensorFlow's `same` is uneven. */
export function torchConvolution(x: TensorType | undefined, params: Convolution): NodeSource {
  if (!x) return { call: '{x}' };
  const axes = params.size.length;
  const paddings = paddingOf(x, params);
  const even = paddings.every(([before, after]) => before === after);
  const options = [
    String(x.shape.at(-1)),
    String(params.filters),
    python(params.size),
    `stride=${python(params.strides)}`,
    ...(even ? [`padding=${python(paddings.map(([before]) => before))}`] : []),
    ...(params.dilations ? [`dilation=${python(params.dilations)}`] : []),
    ...(params.groups && params.groups > 1 ? [`groups=${params.groups}`] : []),
    `bias=${python(params.bias)}`,
  ];
  const call = channelsFirst((input) =>
    even ? `{self}(${input})` : `{self}(F.pad(${input}, ${python(torchPadding(paddings))}))`,
  );
  return {
    module: `nn.Conv${axes}d(${options.join(', ')})`,
    call: torchActivation(params.activation, call),
    weights: {
      kernel: { name: 'weight', value: `{w}.movedim(-1, 0).movedim(-1, 1)` },
      ...(params.bias && { bias: { name: 'bias' } }),
    },
  };
}

export function kerasConvolution(params: Convolution): NodeSource {
  const options = [
    String(params.filters),
    python(params.size),
    `strides=${python(params.strides)}`,
    `padding="${params.padding}"`,
    ...(params.dilations ? [`dilation_rate=${python(params.dilations)}`] : []),
    ...(params.groups && params.groups > 1 ? [`groups=${params.groups}`] : []),
    `use_bias=${python(params.bias)}`,
  ];
  return {
    module: `keras.layers.Conv${params.size.length}D(${options.join(', ')})`,
    call: kerasActivation(params.activation, '{self}({x})'),
    weights: { kernel: { name: 'kernel' }, ...(params.bias && { bias: { name: 'bias' } }) },
  };
}

/** The card's lines: filters, kernel, padding; stride and activation. */
export const convolutionSummary = (params: Convolution): readonly string[] => [
  `${params.filters} filters · ${params.size.join('×')} · ${params.padding}`,
  [
    `stride ${new Set(params.strides).size === 1 ? params.strides[0] : params.strides.join('×')}`,
    ...(params.dilations?.some((dilation) => dilation > 1) ? [`dilation ${params.dilations.join('×')}`] : []),
    ...(params.groups && params.groups > 1 ? [`${params.groups} groups`] : []),
    params.activation,
  ].join(' · '),
];
