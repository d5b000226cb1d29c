import { z } from 'zod';
import { numbersOf } from '../broadcast.ts';
import { defineLoss } from '../defineNode.ts';
import {
  alikeExamples,
  inferAlike,
  kerasMean,
  kerasTarget,
  targetLike,
  torchMean,
  torchTarget,
  WEIGHTS_TEXT,
  weightedMean,
  weightsPort,
} from '../lossParts.ts';
import { floatPort, lossPort, numberPort } from '../ports.ts';
import { required } from '../required.ts';

/** Half the squared distance up to `delta`, beyond it straight: Huber 1964; torch.nn.HuberLoss. */
export const huber = defineLoss({
  kind: 'huber',
  category: 'loss',
  icon: 'spline',
  text: {
    title: 'Huber',
    description: 'Squared for small distances, straight for large ones.',
    params: { delta: { label: 'Delta', help: 'The distance at which it becomes straight.' } },
    ports: { prediction: 'prediction', target: 'target', weights: WEIGHTS_TEXT, loss: 'loss' },
    aliases: ['smooth l1', 'robust regression', 'outliers'],
  },
  params: z.object({ delta: z.number().min(1e-6).max(1e6).default(1) }),
  ports: { inputs: [floatPort('prediction'), numberPort('target'), weightsPort], outputs: [lossPort] },
  prediction: { port: 'prediction', target: 'target', activation: 'linear' },
  infer: ({ inputs: { prediction, target, weights } }) => inferAlike(prediction, target, weights),
  flops: ({ inputs: { prediction } }) => 5 * numbersOf(prediction),
  forward({ ctx: { ops }, inputs, params }) {
    const x = required(inputs.prediction, 'huber: prediction');
    const distance = ops.abs(ops.sub(x, targetLike(ops, x, required(inputs.target, 'huber: target'))));
    // ½·min(d, δ)² + δ·(d − min(d, δ)): no branch, so that the gradient is right on both sides.
    const delta = ops.scalar(params.delta);
    const near = ops.clip(distance, 0, params.delta);
    const far = ops.mul(delta, ops.relu(ops.sub(distance, delta)));
    const losses = ops.add(ops.mul(ops.square(near), ops.scalar(0.5)), far);
    return { loss: weightedMean(ops, losses, inputs.weights) };
  },
  summary: ({ delta }) => [`delta ${delta}`],
  lesson: {
    summary:
      'Near the target it is a squared error, with steps that shrink as it comes closer; far away it is an absolute error, so that outliers do not take over. Delta says what counts as far, in the target’s own units.',
    formula: 'L = ½·d² for d ≤ δ, else δ·(d − ½·δ)',
    references: [
      {
        title: 'Huber 1964: Robust estimation of a location parameter',
        url: 'https://doi.org/10.1214/aoms/1177703732',
      },
    ],
  },
  sources: {
    pytorch: ({ inputs: { prediction, weights }, params }) => ({
      call: torchMean(
        `F.huber_loss({prediction}, ${torchTarget()}, delta=${params.delta}, reduction="none")`,
        prediction?.shape.length ?? 1,
        weights,
      ),
    }),
    keras: ({ inputs: { prediction, weights }, params }) => ({
      call: kerasMean(
        `(lambda d: ops.where(d <= ${params.delta}, 0.5 * d * d, ${params.delta} * (d - ${0.5 * params.delta})))(ops.abs({prediction} - ${kerasTarget()}))`,
        prediction?.shape.length ?? 1,
        weights,
      ),
    }),
  },
  examples: alikeExamples.map((example, index) => ({
    ...example,
    params: index === 0 ? {} : { delta: 0.4 },
  })),
});
