import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { adversarialReferences, objectiveSchema, objectiveText } from '../adversarial.ts';
import { numbersOf } from '../broadcast.ts';
import { defineLoss } from '../defineNode.ts';
import { lossOutput } from '../lossParts.ts';
import { floatPort, lossPort } from '../ports.ts';
import { required } from '../required.ts';

/**
 * What a discriminator minimises, of its scores (no sigmoid) of real and of made samples: the binary
 * cross-entropy (Goodfellow et al. 2014), least squares (Mao et al. 2017), the difference of means
 * (Arjovsky et al. 2017) or the hinge (Lim and Ye 2017).
 */
export const discriminatorLoss = defineLoss({
  kind: 'discriminator-loss',
  category: 'loss',
  icon: 'scan-search',
  text: {
    title: 'Discriminator loss',
    description: 'Wants real samples scored high and made ones low.',
    params: { objective: objectiveText },
    ports: { real: 'scores of real', fake: 'scores of made', loss: 'loss' },
    aliases: [
      'gan',
      'adversarial',
      'critic',
      'wgan',
      'lsgan',
      'minimax',
      'hinge',
      'least squares',
      'wasserstein',
    ],
  },
  params: z.object({ objective: objectiveSchema }),
  ports: { inputs: [floatPort('real'), floatPort('fake')], outputs: [lossPort] },
  infer: ({ inputs: { real, fake } }) => ({ outputs: real && fake ? lossOutput : {} }),
  flops: ({ inputs: { real, fake } }) => 3 * (numbersOf(real) + numbersOf(fake)),
  forward({ ctx: { ops }, inputs, params: { objective } }) {
    const real = required(inputs.real, 'discriminator-loss: real');
    const fake = required(inputs.fake, 'discriminator-loss: fake');
    const one = ops.scalar(1);
    const mean = (x: typeof real) => ops.mean(x);
    switch (objective) {
      case 'minimax':
      case 'non-saturating':
        return { loss: ops.add(mean(ops.softplus(ops.neg(real))), mean(ops.softplus(fake))) };
      case 'least-squares':
        return { loss: ops.add(mean(ops.square(ops.sub(real, one))), mean(ops.square(fake))) };
      case 'wasserstein':
        return { loss: ops.sub(mean(fake), mean(real)) };
      case 'hinge':
        return {
          loss: ops.add(mean(ops.relu(ops.sub(one, real))), mean(ops.relu(ops.add(one, fake)))),
        };
    }
  },
  summary: ({ objective }) => [objectiveText.options[objective].toLowerCase()],
  lesson: {
    summary:
      'The discriminator learns to tell real samples from made ones; its optimiser trains the discriminator alone. Give it raw scores. With the Wasserstein objective it is a critic whose slope must be kept in bounds, for instance by a gradient penalty.',
    formula: 'L = −log σ(D(x)) − log(1 − σ(D(G(z))))',
    references: adversarialReferences,
  },
  sources: {
    pytorch: ({ params: { objective } }) => {
      const logistic = 'F.softplus(-{real}).mean() + F.softplus({fake}).mean()';
      const calls = {
        minimax: logistic,
        'non-saturating': logistic,
        'least-squares': '(({real} - 1) ** 2).mean() + ({fake} ** 2).mean()',
        wasserstein: '{fake}.mean() - {real}.mean()',
        hinge: 'F.relu(1 - {real}).mean() + F.relu(1 + {fake}).mean()',
      };
      return { call: calls[objective] };
    },
  },
  examples: objectiveSchema.unwrap().options.map((objective, index) => ({
    name: objective,
    inputs: { real: float32([4 + index, 1]), fake: float32([4, 1]) },
    ranges: { real: [-2, 2], fake: [-2, 2] } as const,
    params: { objective },
    outputs: { loss: [] },
    parameterCount: 0,
  })),
});
