import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { activate, activationSchema } from '../activations.ts';
import { convolutionTexts, inferConvolution } from '../convolution.ts';
import { defineLayer } from '../defineNode.ts';
import { asGrouped, depthwiseFlops, depthwiseWeights, kerasDepthwise, torchDepthwise } from '../depthwise.ts';
import { kernelInitializerSchema } from '../initializers.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { required } from '../required.ts';
import { paddingSchema, paddingText, sizePair } from '../window.ts';

const { filters: _filters, ...texts } = convolutionTexts;

const schema = z.object({
  multiplier: z.int().min(1).max(256).default(1),
  kernelSize: sizePair([3, 3], 255),
  strides: sizePair([1, 1], 255),
  padding: paddingSchema.default('same'),
  dilations: sizePair([1, 1], 255),
  activation: activationSchema.default('linear'),
  bias: z.boolean().default(true),
  initializer: kernelInitializerSchema.default('glorot-uniform'),
});

const windowOf = (params: z.infer<typeof schema>) => ({ ...params, size: params.kernelSize });

/**
 * Each channel has filters of its own: `[B, H, W, C]` → `[B, H′, W′, C·multiplier]`, kernel
 * `[kh, kw, C, multiplier]`, output channel c·multiplier + m. Sifre 2014; Howard et al. 2017.
 */
export const depthwiseConv2d = defineLayer({
  kind: 'depthwise-conv2d',
  category: 'convolution',
  icon: 'layers',
  text: {
    title: 'DepthwiseConv2D',
    description: 'Filters each channel by itself.',
    params: {
      ...texts,
      multiplier: { label: 'Multiplier', help: 'Filters for each channel.' },
      kernelSize: { label: 'Kernel', help: 'Height and width of a filter.' },
      strides: { label: 'Stride', help: 'How far the filter moves, down and across.' },
      padding: paddingText,
      dilations: { label: 'Dilation', help: 'How far apart the filter’s taps are, down and across.' },
    },
    ports: { x: 'image', y: 'image' },
    aliases: ['mobilenet', 'channelwise', 'convolution', 'efficient'],
  },
  params: schema,
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer: ({ inputs: { x }, params, nodeId }) => inferConvolution(x, asGrouped(windowOf(params), x), nodeId),
  weights: ({ inputs: { x }, params }) => depthwiseWeights(x, windowOf(params)),
  flops: ({ outputs: { y }, params }) => depthwiseFlops(y, windowOf(params)),
  forward({ ctx: { ops }, inputs, weights: { kernel, bias }, params }) {
    const x = required(inputs.x, 'depthwise-conv2d: x');
    const { strides, padding, dilations } = params;
    const taps = required(kernel, 'depthwise-conv2d: kernel');
    const y = ops.depthwiseConv2d(x, taps, { strides, padding, dilations });
    return { y: activate(ops, params.activation, bias ? ops.add(y, bias) : y) };
  },
  summary: ({ multiplier, kernelSize, padding, strides, activation }) => [
    `${multiplier} per channel · ${kernelSize.join('×')} · ${padding}`,
    `stride ${strides.join('×')} · ${activation}`,
  ],
  lesson: {
    summary:
      'Looks at space and leaves channels apart: a channel’s output depends on that channel alone. It needs a fraction of the weights of a full convolution, and a 1×1 convolution after it mixes the channels: that pair is a separable convolution.',
    formula: 'y[i, j, c·M + m] = Σ x[i + u, j + v, c] · k[u, v, c, m]',
    references: [{ title: 'Howard et al. 2017: MobileNets', url: 'https://arxiv.org/abs/1704.04861' }],
  },
  sources: {
    pytorch: ({ inputs: { x }, params }) => torchDepthwise(x, windowOf(params)),
    keras: ({ params }) => kerasDepthwise(windowOf(params)),
  },
  examples: [
    {
      name: 'one filter a channel',
      inputs: { x: float32([2, 5, 6, 3]) },
      params: { activation: 'relu' },
      outputs: { y: [2, 5, 6, 3] },
      parameterCount: 30,
    },
    {
      name: 'two filters, stride 2, valid',
      inputs: { x: float32([1, 7, 8, 2]) },
      params: { multiplier: 2, kernelSize: [2, 3], strides: [2, 2], padding: 'valid', bias: false },
      outputs: { y: [1, 3, 3, 4] },
      parameterCount: 24,
    },
    {
      name: 'dilated',
      inputs: { x: float32([1, 6, 5, 2]) },
      params: { dilations: [2, 2] },
      outputs: { y: [1, 6, 5, 2] },
      parameterCount: 20,
    },
    {
      name: 'uneven strides',
      inputs: { x: float32([1, 6, 7, 2]) },
      params: { strides: [1, 2], bias: false },
      outputs: { y: [1, 6, 4, 2] },
    },
  ],
});
