import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { adversarialReferences, objectiveSchema, objectiveText } from '../adversarial.ts';
import { numbersOf } from '../broadcast.ts';
import { defineLoss } from '../defineNode.ts';
import { lossOutput } from '../lossParts.ts';
import { floatPort, lossPort } from '../ports.ts';
import { required } from '../required.ts';

/** What a generator minimises, of the discriminator's scores (no sigmoid) of made samples. */
export const generatorLoss = defineLoss({
  kind: 'generator-loss',
  category: 'loss',
  icon: 'brush',
  text: {
    title: 'Generator loss',
    description: 'Wants made samples scored as if they were real.',
    params: { objective: objectiveText },
    ports: { fake: 'scores of made', loss: 'loss' },
    aliases: [
      'gan',
      'adversarial',
      'wgan',
      'lsgan',
      'fool',
      'minimax',
      'non-saturating',
      'least squares',
      'wasserstein',
    ],
  },
  params: z.object({ objective: objectiveSchema }),
  ports: { inputs: [floatPort('fake')], outputs: [lossPort] },
  infer: ({ inputs: { fake } }) => ({ outputs: fake ? lossOutput : {} }),
  flops: ({ inputs: { fake } }) => 3 * numbersOf(fake),
  forward({ ctx: { ops }, inputs, params: { objective } }) {
    const fake = required(inputs.fake, 'generator-loss: fake');
    switch (objective) {
      case 'non-saturating':
        return { loss: ops.mean(ops.softplus(ops.neg(fake))) };
      case 'minimax':
        return { loss: ops.neg(ops.mean(ops.softplus(fake))) };
      case 'least-squares':
        return { loss: ops.mean(ops.square(ops.sub(fake, ops.scalar(1)))) };
      case 'wasserstein':
      case 'hinge':
        return { loss: ops.neg(ops.mean(fake)) };
    }
  },
  summary: ({ objective }) => [objectiveText.options[objective].toLowerCase()],
  lesson: {
    summary:
      'The generator learns to be taken for real; its optimiser trains the generator alone. In the minimax form the gradient fades when the discriminator is sure, which is just when it is needed: the non-saturating form turns the question round and keeps it.',
    formula: 'L = −log σ(D(G(z)))',
    references: adversarialReferences,
  },
  sources: {
    pytorch: ({ params: { objective } }) => {
      const calls = {
        'non-saturating': 'F.softplus(-{fake}).mean()',
        minimax: '-F.softplus({fake}).mean()',
        'least-squares': '(({fake} - 1) ** 2).mean()',
        wasserstein: '-{fake}.mean()',
        hinge: '-{fake}.mean()',
      };
      return { call: calls[objective] };
    },
  },
  examples: objectiveSchema.unwrap().options.map((objective, index) => ({
    name: objective,
    inputs: { fake: float32(index === 0 ? [2, 3, 3, 1] : [5, 1]) },
    ranges: { fake: [-2, 2] } as const,
    params: { objective },
    outputs: { loss: [] },
    parameterCount: 0,
  })),
});
