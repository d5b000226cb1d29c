import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { activate, activationSchema } from '../activations.ts';
import { convolutionSummary, convolutionTexts, inferConvolution } from '../convolution.ts';
import { defineLayer } from '../defineNode.ts';
import { kernelInitializer, kernelInitializerSchema } from '../initializers.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { required } from '../required.ts';
import { channelsFirst, kerasActivation, python, torchActivation } from '../sources.ts';
import { paddingOf, paddingSchema, paddingText, sizePair, torchPadding } from '../window.ts';

const schema = z.object({
  filters: z.int().min(1).max(65_536).default(32),
  kernelSize: sizePair([3, 3], 255),
  strides: sizePair([1, 1], 255),
  padding: paddingSchema.default('same'),
  multiplier: z.int().min(1).max(256).default(1),
  activation: activationSchema.default('linear'),
  bias: z.boolean().default(true),
  initializer: kernelInitializerSchema.default('glorot-uniform'),
});
const windowOf = (params: z.infer<typeof schema>) => ({ ...params, size: params.kernelSize });

/**
 * A depthwise convolution and then a 1×1 convolution: `[B, H, W, C]` → `[B, H′, W′, filters]`, kernels
 * `[kh, kw, C, multiplier]` and `[1, 1, C·multiplier, filters]`. Chollet 2017.
 */
export const separableConv2d = defineLayer({
  kind: 'separable-conv2d',
  category: 'convolution',
  icon: 'layers-3',
  text: {
    title: 'SeparableConv2D',
    description: 'Filters each channel by itself and then mixes channels.',
    params: {
      ...convolutionTexts,
      kernelSize: { label: 'Kernel', help: 'Height and width of a filter.' },
      strides: { label: 'Stride', help: 'How far the filter moves, down and across.' },
      padding: paddingText,
      multiplier: { label: 'Multiplier', help: 'Filters for each channel before the mixing.' },
    },
    ports: { x: 'image', y: 'image' },
    aliases: ['xception', 'mobilenet', 'depthwise separable', 'efficient'],
  },
  params: schema,
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer: ({ inputs: { x }, params, nodeId }) => inferConvolution(x, windowOf(params), nodeId),
  weights({ inputs: { x }, params }) {
    const channels = x?.shape[3];
    if (typeof channels !== 'number') return {};
    const [height, width] = params.kernelSize;
    const taps = height * width;
    const wide = channels * params.multiplier;
    return {
      depthwise: {
        shape: [height, width, channels, params.multiplier],
        init: kernelInitializer(params.initializer, { fanIn: taps, fanOut: taps * params.multiplier }),
        trainable: true,
      },
      pointwise: {
        shape: [1, 1, wide, params.filters],
        init: kernelInitializer(params.initializer, { fanIn: wide, fanOut: params.filters }),
        trainable: true,
      },
      ...(params.bias && {
        bias: { shape: [params.filters], init: { kind: 'zeros' as const }, trainable: true },
      }),
    };
  },
  flops({ inputs: { x }, outputs: { y }, params }) {
    if (!x || y?.type !== 'tensor') return 0;
    const places = Number(y.shape[1]) * Number(y.shape[2]);
    const wide = Number(x.shape[3]) * params.multiplier;
    return 2 * places * wide * (params.kernelSize[0] * params.kernelSize[1] + params.filters);
  },
  forward({ ctx: { ops }, inputs, weights: { depthwise, pointwise, bias }, params }) {
    const x = required(inputs.x, 'separable-conv2d: x');
    const { strides, padding } = params;
    const apart = ops.depthwiseConv2d(x, required(depthwise, 'separable-conv2d: depthwise'), {
      strides,
      padding,
    });
    const mixed = ops.conv2d(apart, required(pointwise, 'separable-conv2d: pointwise'), {
      strides: [1, 1],
      padding: 'valid',
    });
    return { y: activate(ops, params.activation, bias ? ops.add(mixed, bias) : mixed) };
  },
  summary: (params) => convolutionSummary(windowOf(params)),
  lesson: {
    summary:
      'Does the two jobs of a convolution one after the other: first look at space within each channel, then mix the channels at each place. With 3×3 filters this takes about a ninth of the work, at little cost in accuracy.',
    formula: 'y = pointwise(depthwise(x))',
    references: [
      { title: 'Chollet 2017: Xception', url: 'https://arxiv.org/abs/1610.02357' },
      { title: 'Howard et al. 2017: MobileNets', url: 'https://arxiv.org/abs/1704.04861' },
    ],
  },
  sources: {
    pytorch({ inputs: { x }, params }) {
      const channels = Number(x?.shape[3] ?? 1);
      const wide = channels * params.multiplier;
      const pads = x ? python(torchPadding(paddingOf(x, windowOf(params)))) : '()';
      return {
        module: `nn.Sequential(nn.Conv2d(${channels}, ${wide}, ${python(params.kernelSize)}, stride=${python(params.strides)}, groups=${channels}, bias=False), nn.Conv2d(${wide}, ${params.filters}, 1, bias=${python(params.bias)}))`,
        call: torchActivation(
          params.activation,
          channelsFirst((input) => `{self}(F.pad(${input}, ${pads}))`),
        ),
        weights: {
          depthwise: { name: '0.weight', value: '{w}.flatten(2).movedim(-1, 0).unsqueeze(1)' },
          pointwise: { name: '1.weight', value: '{w}.permute(3, 2, 0, 1)' },
          ...(params.bias && { bias: { name: '1.bias' } }),
        },
      };
    },
    keras: ({ params }) => ({
      module: `keras.layers.SeparableConv2D(${params.filters}, ${python(params.kernelSize)}, strides=${python(params.strides)}, padding="${params.padding}", depth_multiplier=${params.multiplier}, use_bias=${python(params.bias)})`,
      call: kerasActivation(params.activation, '{self}({x})'),
      weights: {
        depthwise: { name: 'depthwise_kernel' },
        pointwise: { name: 'pointwise_kernel' },
        ...(params.bias && { bias: { name: 'bias' } }),
      },
    }),
  },
  examples: [
    {
      name: 'same padding',
      inputs: { x: float32([2, 5, 4, 3]) },
      params: { filters: 4, activation: 'relu' },
      outputs: { y: [2, 5, 4, 4] },
      parameterCount: 43,
    },
    {
      name: 'stride 2, two filters a channel, no bias',
      inputs: { x: float32([1, 7, 6, 2]) },
      params: { filters: 3, kernelSize: [3, 2], strides: [2, 2], multiplier: 2, bias: false },
      outputs: { y: [1, 4, 3, 3] },
      parameterCount: 36,
    },
  ],
});
