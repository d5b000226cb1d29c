import type { Tensor } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { formatShape } from '../types/portType.ts';
import { float32, int32, sameShape } from '../types/shape.ts';
import { needsBatch } from './axes.ts';
import { numbersOf } from './broadcast.ts';
import { checkClasses } from './classLosses.ts';
import { defineLoss, type LossNode, type NodeLesson } from './defineNode.ts';
import { lossOutput } from './lossParts.ts';
import type { Ops } from './ops.ts';
import { floatPort, lossPort, numberPort } from './ports.ts';
import { required } from './required.ts';

/** What tells one measure of overlap from another. */
export interface OverlapKind {
  readonly kind: string;
  readonly icon: string;
  readonly title: string;
  readonly description: string;
  readonly aliases: readonly string[];
  readonly lesson: NodeLesson;
  /** Overlap of each sample and class, of the sums of the product, the prediction and the target. */
  overlap(ops: Ops, sums: { both: Tensor; prediction: Tensor; target: Tensor }, smooth: Tensor): Tensor;
  /** The same in Python, of `both`, `p`, `t` and the number `s`. */
  readonly python: string;
}

/**
 * 1 − overlap of predicted and true regions, `[B, …, K]`, summed over all places, mean over samples and
 * classes. The target is of the same shape, or class labels `[B, …]`.
 */
export function defineOverlapLoss({
  kind,
  icon,
  title,
  description,
  aliases,
  lesson,
  overlap,
  python,
}: OverlapKind): LossNode {
  return defineLoss({
    kind,
    category: 'loss',
    icon,
    text: {
      title,
      description,
      params: {
        input: {
          label: 'Prediction is',
          options: {
            softmax: 'Logits of classes',
            sigmoid: 'Logits of yes and no',
            probabilities: 'Probabilities',
          },
        },
        smooth: { label: 'Smoothing', help: 'Added above and below, so that empty regions have a value.' },
      },
      ports: { prediction: 'prediction', target: 'target', loss: 'loss' },
      aliases,
    },
    params: z.object({
      input: z.enum(['softmax', 'sigmoid', 'probabilities']).default('softmax'),
      smooth: z.number().min(1e-6).max(1000).default(1),
    }),
    ports: { inputs: [floatPort('prediction'), numberPort('target')], outputs: [lossPort] },
    prediction: {
      port: 'prediction',
      target: 'target',
      activation: ({ input }) => (input === 'probabilities' ? 'linear' : input),
    },
    infer({ inputs: { prediction, target } }) {
      if (!prediction || !target) return { outputs: {} };
      const scalar = needsBatch(prediction, 'prediction');
      if (scalar) return { problem: scalar, outputs: lossOutput };
      if (sameShape(prediction.shape, target.shape)) return { outputs: lossOutput };
      if (target.dtype === 'int32') {
        const problem = checkClasses(prediction, target, { scores: 'prediction', labels: 'target' });
        return problem ? { problem, outputs: lossOutput } : { outputs: lossOutput };
      }
      return {
        problem: {
          code: 'shapes-differ',
          port: 'prediction',
          data: { expected: formatShape(target.shape), received: formatShape(prediction.shape) },
        },
        outputs: lossOutput,
      };
    },
    flops: ({ inputs: { prediction } }) => 6 * numbersOf(prediction),
    forward({ ctx: { ops }, inputs, params }) {
      const x = required(inputs.prediction, `${kind}: prediction`);
      const given = required(inputs.target, `${kind}: target`);
      const p = params.input === 'softmax' ? ops.softmax(x) : params.input === 'sigmoid' ? ops.sigmoid(x) : x;
      const labels = given.shape.length < x.shape.length;
      const t = labels ? ops.oneHot(given, x.shape.at(-1) ?? 1) : ops.cast(given, 'float32');
      const places = x.shape.slice(1, -1).map((_, axis) => axis + 1);
      const total = (value: Tensor) => (places.length === 0 ? value : ops.sum(value, places));
      const sums = { both: total(ops.mul(p, t)), prediction: total(p), target: total(t) };
      return { loss: ops.sub(ops.scalar(1), ops.mean(overlap(ops, sums, ops.scalar(params.smooth)))) };
    },
    summary: ({ input, smooth }) => [`${input} · smoothing ${smooth}`],
    lesson,
    sources: {
      pytorch: ({ inputs: { prediction, target }, params: { input, smooth } }) => {
        const labels = (target?.shape.length ?? 0) < (prediction?.shape.length ?? 0);
        const p = {
          softmax: 'F.softmax({prediction}, dim=-1)',
          sigmoid: 'torch.sigmoid({prediction})',
          probabilities: '{prediction}',
        };
        const t = labels ? `F.one_hot({target}, ${prediction?.shape.at(-1)}).float()` : '{target}.float()';
        const sum = (value: string) => `(${value}).flatten(1, -2).sum(1)`;
        return {
          call: `(lambda p, t: (lambda both, p, t, s: 1 - (${python}).mean())(${sum('p * t')}, ${sum('p')}, ${sum('t')}, ${smooth}))(${p[input]}, ${t})`,
        };
      },
      keras: ({ inputs: { prediction, target }, params: { input, smooth } }) => {
        const rank = prediction?.shape.length ?? 2;
        const labels = (target?.shape.length ?? 0) < rank;
        const p = {
          softmax: 'ops.softmax({prediction}, axis=-1)',
          sigmoid: 'ops.sigmoid({prediction})',
          probabilities: '{prediction}',
        };
        const t = labels
          ? `ops.one_hot({target}, ${prediction?.shape.at(-1)})`
          : 'ops.cast({target}, "float32")';
        const sum = (value: string) =>
          `ops.sum(${value}, axis=(${Array.from({ length: rank - 2 }, (_, axis) => `${axis + 1},`).join(' ')}))`;
        return {
          call: `(lambda p, t: (lambda both, p, t, s: 1 - ops.mean(${python}))(${sum('p * t')}, ${sum('p')}, ${sum('t')}, ${smooth}))(${p[input]}, ${t})`,
        };
      },
    },
    examples: [
      {
        name: 'classes of pixels',
        inputs: { prediction: float32([2, 4, 3, 3]), target: int32([2, 4, 3]) },
        ranges: { target: [0, 3], prediction: [-2, 2] },
        params: {},
        outputs: { loss: [] },
        parameterCount: 0,
      },
      {
        name: 'one region',
        inputs: { prediction: float32([3, 5, 4, 1]), target: float32([3, 5, 4, 1]) },
        ranges: { target: [0, 1] },
        params: { input: 'sigmoid', smooth: 0.5 },
        outputs: { loss: [] },
      },
      {
        name: 'probabilities of a sequence',
        inputs: { prediction: float32([2, 6, 2]), target: float32([2, 6, 2]) },
        ranges: { prediction: [0.1, 0.9], target: [0, 1] },
        params: { input: 'probabilities' },
        outputs: { loss: [] },
      },
    ],
  });
}
