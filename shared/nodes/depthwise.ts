import type { PortType, TensorType } from '../types/portType.ts';
import { float32 } from '../types/shape.ts';
import { activationMeaning } from './activations.ts';
import { type Convolution, inferConvolution, torchConvolution } from './convolution.ts';
import type { InferResult, NodeSource, WeightSpec } from './defineNode.ts';
import { type KernelInitializer, kernelInitializer } from './initializers.ts';
import { channelsFirst, kerasActivation, python, torchActivation } from './sources.ts';
import { paddingOf, torchPadding, type WindowParams } from './window.ts';

/** A convolution that looks at each channel by itself, with a number for each axis. */
export interface Depthwise extends WindowParams, Pick<Convolution, 'activation' | 'bias'> {
  /** Filters for each channel. */
  readonly multiplier: number;
}

/** Such a convolution and then one of a single place, which mixes the channels. */
export type Separable = Depthwise & Pick<Convolution, 'filters'>;

type Starts = { readonly initializer: KernelInitializer };

const product = (sizes: readonly number[]): number => sizes.reduce((total, size) => total * size, 1);

const channelsOf = (x: TensorType | undefined): number | undefined => {
  const channels = x?.shape.at(-1);
  return typeof channels === 'number' ? channels : undefined;
};

/** As a convolution with as many groups as channels, which is what PyTorch calls it. */
export const asGrouped = <P extends Depthwise>(params: P, x: TensorType | undefined) => {
  const groups = channelsOf(x) ?? 1;
  return { ...params, filters: groups * params.multiplier, groups };
};

/** The shape after both convolutions, or the Problem that the first does not fit. */
export function inferSeparable(x: TensorType | undefined, params: Separable, nodeId: string): InferResult {
  const apart = inferConvolution(x, asGrouped(params, x), nodeId);
  const wide = apart.outputs?.y;
  if ('problem' in apart || wide?.type !== 'tensor') return apart;
  const shape = [...wide.shape.slice(0, -1), params.filters];
  return { outputs: { y: { ...float32(shape), ...activationMeaning(params.activation) } } };
}

const vector = (size: number): WeightSpec => ({ shape: [size], init: { kind: 'zeros' }, trainable: true });

/** `[…size, C, multiplier]`. */
const depthwiseKernel = (channels: number, params: Depthwise & Starts): WeightSpec => {
  const taps = product(params.size);
  return {
    shape: [...params.size, channels, params.multiplier],
    init: kernelInitializer(params.initializer, { fanIn: taps, fanOut: taps * params.multiplier }),
    trainable: true,
  };
};

/** Kernel `[…size, C, multiplier]` and bias. */
export function depthwiseWeights(
  x: TensorType | undefined,
  params: Depthwise & Starts,
): Readonly<Record<string, WeightSpec>> {
  const channels = channelsOf(x);
  if (channels === undefined) return {};
  const kernel = depthwiseKernel(channels, params);
  return { kernel, ...(params.bias && { bias: vector(channels * params.multiplier) }) };
}

/** `depthwise` `[…size, C, multiplier]`, `pointwise` `[1…, C·multiplier, filters]` and bias. */
export function separableWeights(
  x: TensorType | undefined,
  params: Separable & Starts,
): Readonly<Record<string, WeightSpec>> {
  const channels = channelsOf(x);
  if (channels === undefined) return {};
  const wide = channels * params.multiplier;
  return {
    depthwise: depthwiseKernel(channels, params),
    pointwise: {
      shape: [...params.size.map(() => 1), wide, params.filters],
      init: kernelInitializer(params.initializer, { fanIn: wide, fanOut: params.filters }),
      trainable: true,
    },
    ...(params.bias && { bias: vector(params.filters) }),
  };
}

/** A multiply-add for every tap of every output number, and the bias. */
export function depthwiseFlops(y: PortType | undefined, params: Depthwise): number {
  if (y?.type !== 'tensor') return 0;
  return product(y.shape.slice(1).map(Number)) * (2 * product(params.size) + (params.bias ? 1 : 0));
}

/** The taps and the mixing. */
export function separableFlops(
  x: TensorType | undefined,
  y: PortType | undefined,
  params: Separable,
): number {
  if (!x || y?.type !== 'tensor') return 0;
  const wide = Number(x.shape.at(-1)) * params.multiplier;
  return 2 * product(y.shape.slice(1, -1).map(Number)) * wide * (product(params.size) + params.filters);
}

/** Our depthwise kernel as that of PyTorch's grouped convolution. */
const torchKernel = ({ size }: Depthwise): string =>
  `{w}.flatten(${size.length}).movedim(-1, 0).unsqueeze(1)`;

export function torchDepthwise(x: TensorType | undefined, params: Depthwise): NodeSource {
  const source = torchConvolution(x, asGrouped(params, x));
  return {
    ...source,
    weights: { ...source.weights, kernel: { name: 'weight', value: torchKernel(params) } },
  };
}

export function torchSeparable(x: TensorType | undefined, params: Separable): NodeSource {
  const channels = channelsOf(x) ?? 1;
  const wide = channels * params.multiplier;
  const axes = params.size.length;
  const pads = python(x ? torchPadding(paddingOf(x, params)) : []);
  const dilation = params.dilations ? `, dilation=${python(params.dilations)}` : '';
  return {
    module: `nn.Sequential(nn.Conv${axes}d(${channels}, ${wide}, ${python(params.size)}, stride=${python(params.strides)}${dilation}, groups=${channels}, bias=False), nn.Conv${axes}d(${wide}, ${params.filters}, 1, bias=${python(params.bias)}))`,
    call: torchActivation(
      params.activation,
      channelsFirst((input) => `{self}(F.pad(${input}, ${pads}))`),
    ),
    weights: {
      depthwise: { name: '0.weight', value: torchKernel(params) },
      pointwise: { name: '1.weight', value: '{w}.movedim(-1, 0).movedim(-1, 1)' },
      ...(params.bias && { bias: { name: '1.bias' } }),
    },
  };
}

/** Keras' layer of the name; both have their options in common. */
function kerasLayer(name: string, first: readonly number[], params: Depthwise, x: string): NodeSource {
  const options = [
    ...first.map(String),
    python(params.size),
    `strides=${python(params.strides)}`,
    `padding="${params.padding}"`,
    `depth_multiplier=${params.multiplier}`,
    ...(params.dilations ? [`dilation_rate=${python(params.dilations)}`] : []),
    `use_bias=${python(params.bias)}`,
  ];
  return {
    module: `keras.layers.${name}${params.size.length}D(${options.join(', ')})`,
    call: kerasActivation(params.activation, `{self}(${x})`),
    ...(params.bias && { weights: { bias: { name: 'bias' } } }),
  };
}

export function kerasDepthwise(params: Depthwise, x = '{x}'): NodeSource {
  const source = kerasLayer('DepthwiseConv', [], params, x);
  return { ...source, weights: { kernel: { name: 'kernel' }, ...source.weights } };
}

export function kerasSeparable(params: Separable, x = '{x}'): NodeSource {
  const source = kerasLayer('SeparableConv', [params.filters], params, x);
  const kernels = {
    depthwise: { name: 'depthwise_kernel' },
    pointwise: { name: 'pointwise_kernel' },
  };
  return { ...source, weights: { ...kernels, ...source.weights } };
}
