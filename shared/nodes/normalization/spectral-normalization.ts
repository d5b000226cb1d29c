import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { dimProduct, float32 } from '../../types/shape.ts';
import { numbersOf } from '../broadcast.ts';
import { defineLayer } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { required } from '../required.ts';
import { unitVectors } from '../vectors.ts';

/**
 * Divides a weight, read as a matrix with its last axis as columns, by an estimate of its largest
 * singular value σ. Each training step makes one step of the power method, whose vector is kept.
 * Miyato et al. 2018.
 */
export const spectralNormalization = defineLayer({
  kind: 'spectral-normalization',
  category: 'normalization',
  icon: 'ratio',
  text: {
    title: 'Spectral norm',
    description: 'Bounds how much a weight can stretch anything.',
    params: {},
    ports: { weight: 'weight', y: 'weight' },
    aliases: ['sngan', 'lipschitz', 'discriminator', 'singular value', 'power iteration'],
  },
  ownGradient: true,
  params: z.object({}),
  ports: { inputs: [floatPort('weight')], outputs: [tensorPort()] },
  infer({ inputs: { weight } }) {
    if (!weight) return { outputs: {} };
    if (weight.shape.length < 2 || dimProduct(weight.shape) === undefined) {
      return {
        problem: {
          code: 'needs-shape',
          port: 'weight',
          data: { expected: '…×columns', received: formatShape(weight.shape) },
        },
      };
    }
    return { outputs: { y: float32(weight.shape) } };
  },
  weights({ inputs: { weight } }) {
    const columns = weight?.shape.at(-1);
    if (typeof columns !== 'number') return {};
    return { direction: { shape: [columns], init: { kind: 'normal', deviation: 1 }, trainable: false } };
  },
  flops: ({ inputs: { weight } }) => 4 * numbersOf(weight),
  forward({ ctx: { ops, training, update }, inputs, weights }) {
    const weight = required(inputs.weight, 'spectral-normalization: weight');
    const columns = weight.shape.at(-1) ?? 1;
    const matrix = ops.reshape(weight, [weight.size / columns, columns]);
    const kept = ops.reshape(required(weights.direction, 'spectral-normalization: direction'), [1, columns]);
    const frozen = ops.stopGradient(matrix);
    const rows = unitVectors(ops, ops.matMul(kept, ops.transpose(frozen, [1, 0])));
    const direction = training ? unitVectors(ops, ops.matMul(rows, frozen)) : unitVectors(ops, kept);
    if (training) update('direction', ops.reshape(direction, [columns]));
    const sigma = ops.sum(ops.mul(ops.matMul(rows, matrix), direction));
    return { y: ops.div(weight, sigma) };
  },
  summary: () => ['one power step each time'],
  lesson: {
    summary:
      'The largest singular value says how much a matrix can stretch a vector. Dividing by it bounds the slope of the whole layer by 1, which keeps a discriminator from running away from its generator. Put it between a Parameter and the MatMul that uses it.',
    formula: 'W̄ = W / σ(W)',
    references: [
      {
        title: 'Miyato et al. 2018: Spectral normalization for generative adversarial networks',
        url: 'https://arxiv.org/abs/1802.05957',
      },
    ],
  },
  sources: {
    pytorch: ({ inputs: { weight } }) => ({
      module: `nn.ParameterDict({"direction": torch.randn(${weight?.shape.at(-1)})})`,
      call: '(lambda m, u: {weight} / (F.normalize(m @ u, dim=0) @ m @ F.normalize(u, dim=0)))({weight}.flatten(0, -2), {self}["direction"])',
      weights: { direction: { name: 'direction' } },
    }),
  },
  examples: [
    {
      name: 'matrix',
      inputs: { weight: float32([5, 3]) },
      params: {},
      outputs: { y: [5, 3] },
      parameterCount: 0,
    },
    {
      name: 'kernel of a convolution',
      inputs: { weight: float32([3, 3, 2, 4]) },
      params: {},
      outputs: { y: [3, 3, 2, 4] },
    },
  ],
});
