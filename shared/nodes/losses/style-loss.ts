import type { Tensor } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32 } from '../../types/shape.ts';
import { numbersOf } from '../broadcast.ts';
import { defineLoss } from '../defineNode.ts';
import { lossOutput } from '../lossParts.ts';
import type { Ops } from '../ops.ts';
import { floatPort, lossPort } from '../ports.ts';
import { required } from '../required.ts';

/** How often channels are strong together: `[B, H, W, C]` → `[B, C, C]`, per place and channel. */
function gram(ops: Ops, x: Tensor): Tensor {
  const [batch = 1, height = 1, width = 1, channels = 1] = x.shape;
  const rows = ops.reshape(x, [batch, height * width, channels]);
  return ops.mul(ops.einsum('bnc,bnd->bcd', [rows, rows]), ops.scalar(1 / (height * width * channels)));
}

/**
 * Mean squared difference of the Gram matrices of two feature maps, of which the sizes may differ but
 * not the channels. Gatys, Ecker and Bethge 2016, with Johnson et al. 2016's scale.
 */
export const styleLoss = defineLoss({
  kind: 'style-loss',
  category: 'loss',
  icon: 'palette',
  text: {
    title: 'Style loss',
    description: 'How far textures differ, wherever in the image they are.',
    params: {},
    ports: { features: 'features', style: 'features of the style', loss: 'loss' },
    aliases: ['style transfer', 'gram matrix', 'texture', 'gatys'],
  },
  params: z.object({}),
  ports: { inputs: [floatPort('features'), floatPort('style')], outputs: [lossPort] },
  infer({ inputs: { features, style } }) {
    if (!features || !style) return { outputs: {} };
    for (const [port, { shape }] of Object.entries({ features, style })) {
      if (shape.length !== 4) {
        return {
          problem: {
            code: 'needs-image-input',
            port,
            data: { expected: 'B×H×W×C', received: formatShape(shape) },
          },
          outputs: lossOutput,
        };
      }
    }
    const [batch, , , channels] = features.shape;
    if (style.shape[3] !== channels || (style.shape[0] !== batch && style.shape[0] !== 1)) {
      return {
        problem: {
          code: 'shapes-differ',
          port: 'style',
          data: {
            expected: formatShape([batch ?? 'B', 'H', 'W', channels ?? 'C']),
            received: formatShape(style.shape),
          },
        },
        outputs: lossOutput,
      };
    }
    return { outputs: lossOutput };
  },
  flops: ({ inputs: { features, style } }) =>
    2 * Number(features?.shape[3] ?? 0) * (numbersOf(features) + numbersOf(style)),
  forward({ ctx: { ops }, inputs }) {
    const mine = gram(ops, required(inputs.features, 'style-loss: features'));
    const wanted = gram(ops, required(inputs.style, 'style-loss: style'));
    return { loss: ops.mean(ops.square(ops.sub(mine, wanted))) };
  },
  summary: () => ['Gram matrices'],
  lesson: {
    summary:
      'The Gram matrix of a feature map says which features are strong together, and forgets where. Two images with the same one have the same texture. Taken at several depths of a frozen network, it carries a painting’s style over to a photograph.',
    formula: 'G = FᵀF / (HWC),  L = mean (G_x − G_style)²',
    references: [
      {
        title: 'Gatys, Ecker and Bethge 2016: Image style transfer using convolutional neural networks',
        url: 'https://arxiv.org/abs/1508.06576',
      },
      {
        title: 'Johnson, Alahi and Fei-Fei 2016: Perceptual losses',
        url: 'https://arxiv.org/abs/1603.08155',
      },
    ],
  },
  sources: {
    pytorch: () => ({
      call: '(lambda gram: ((gram({features}) - gram({style})) ** 2).mean())(lambda x: torch.einsum("bhwc,bhwd->bcd", x, x) / x[0].numel())',
    }),
  },
  examples: [
    {
      name: 'one size',
      inputs: { features: float32([2, 3, 4, 3]), style: float32([2, 3, 4, 3]) },
      params: {},
      outputs: { loss: [] },
      parameterCount: 0,
    },
    {
      name: 'one style of another size for all',
      inputs: { features: float32([2, 4, 4, 2]), style: float32([1, 5, 3, 2]) },
      params: {},
      outputs: { loss: [] },
    },
  ],
});
