import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { broadcastPair, numbersOf } from '../broadcast.ts';
import { defineLoss } from '../defineNode.ts';
import { lossOutput } from '../lossParts.ts';
import { floatPort, lossPort } from '../ports.ts';
import { required } from '../required.ts';

/**
 * Mean squared difference of two feature maps, place by place. It judges no answer of the network, but
 * holds an image that is being made to the content of another. Gatys, Ecker and Bethge 2016.
 */
export const contentLoss = defineLoss({
  kind: 'content-loss',
  category: 'loss',
  icon: 'image',
  text: {
    title: 'Content loss',
    description: 'How far features differ, place by place.',
    params: {},
    ports: { features: 'features', content: 'features of the content', loss: 'loss' },
    aliases: ['style transfer', 'perceptual', 'feature matching', 'reconstruction'],
  },
  params: z.object({}),
  ports: { inputs: [floatPort('features'), floatPort('content')], outputs: [lossPort] },
  infer({ inputs: { features, content } }) {
    if (!features || !content) return { outputs: {} };
    const common = broadcastPair(features, content, 'content');
    return 'problem' in common ? { ...common, outputs: lossOutput } : { outputs: lossOutput };
  },
  flops: ({ inputs: { features } }) => 3 * numbersOf(features),
  forward({ ctx: { ops }, inputs: { features, content } }) {
    const difference = ops.sub(
      required(features, 'content-loss: features'),
      required(content, 'content-loss: content'),
    );
    return { loss: ops.mean(ops.square(difference)) };
  },
  summary: () => ['mean over all features'],
  lesson: {
    summary:
      'Compares what a network sees in two images instead of their pixels: a shift by one pixel changes deep features little. Deeper layers hold what is shown, shallow ones how exactly.',
    formula: 'L = mean (F_x − F_content)²',
    references: [
      {
        title: 'Gatys, Ecker and Bethge 2016: Image style transfer using convolutional neural networks',
        url: 'https://arxiv.org/abs/1508.06576',
      },
    ],
  },
  sources: {
    pytorch: () => ({ call: '(({features} - {content}) ** 2).mean()' }),
    keras: () => ({ call: 'ops.mean(({features} - {content}) ** 2)' }),
  },
  examples: [
    {
      name: 'feature maps',
      inputs: { features: float32([2, 3, 4, 3]), content: float32([2, 3, 4, 3]) },
      params: {},
      outputs: { loss: [] },
      parameterCount: 0,
    },
    {
      name: 'one content for all',
      inputs: { features: float32([3, 5]), content: float32([1, 5]) },
      params: {},
      outputs: { loss: [] },
    },
  ],
});
