import type { Tensor } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32, int32 } from '../../types/shape.ts';
import { defineLoss, type InferResult } from '../defineNode.ts';
import { lossOutput } from '../lossParts.ts';
import type { Ops } from '../ops.ts';
import { floatPort, indexPort, lossPort } from '../ports.ts';
import { required } from '../required.ts';

/** Logarithm of a probability of nothing; finite, so that sums of it stay numbers. */
const NEVER = -1e30;

/** Steps are written out one by one, so that a program grows with them. */
const MAX_STEPS = 512;

/** Blank before, between and after the labels: `[B, L]` → `[B, 2L + 1]`. */
function withBlanks(ops: Ops, labels: Tensor, blank: number): Tensor {
  const [batch = 1, length = 1] = labels.shape;
  const blanks = (count: number) => ops.cast(ops.add(ops.zeros([batch, count]), ops.scalar(blank)), 'int32');
  const pairs = ops.reshape(ops.stack([blanks(length), labels], 2), [batch, 2 * length]);
  return ops.concat([pairs, blanks(1)], 1);
}

/** Moves every state `by` places on; what comes in was never reached. */
function shift(ops: Ops, alpha: Tensor, by: number): Tensor {
  const [batch = 1, states = 1] = alpha.shape;
  return ops.pad(
    ops.slice(alpha, [0, 0], [batch, states - by]),
    [
      [0, 0],
      [by, 0],
    ],
    'constant',
    NEVER,
  );
}

/**
 * −log of the probability of the labels, summed over every way of spreading them over the steps, mean
 * over the batch: logits `[B, T, K]`, labels `[B, L]`; lengths `[B]` of both where samples are padded.
 * Graves et al. 2006; torch.nn.CTCLoss without its division by the label lengths.
 */
export const ctc = defineLoss({
  kind: 'ctc',
  category: 'loss',
  icon: 'audio-lines',
  text: {
    title: 'CTC',
    description: 'Scores a label sequence without knowing when each label occurs.',
    params: { blank: { label: 'Blank', help: 'The class that means: no label here.' } },
    ports: {
      logits: 'logits',
      labels: 'labels',
      steps: 'steps of each sample',
      lengths: 'labels of each sample',
      loss: 'loss',
    },
    aliases: ['connectionist temporal classification', 'speech', 'handwriting', 'alignment'],
  },
  params: z.object({ blank: z.int().min(0).max(1_000_000).default(0) }),
  ports: {
    inputs: [
      floatPort('logits'),
      indexPort('labels'),
      indexPort('steps', { optional: true }),
      indexPort('lengths', { optional: true }),
    ],
    outputs: [lossPort],
  },
  infer({ inputs: { logits, labels, steps, lengths }, params, nodeId }): InferResult {
    if (!logits || !labels) return { outputs: {} };
    const [batch, time, classes] = logits.shape;
    const shape = (port: string, expected: string, received: string): InferResult => ({
      problem: { code: 'needs-shape', port, data: { expected, received } },
      outputs: lossOutput,
    });
    if (logits.shape.length !== 3 || typeof time !== 'number' || typeof classes !== 'number') {
      return shape('logits', 'B×steps×classes', formatShape(logits.shape));
    }
    const length = labels.shape[1];
    if (labels.shape.length !== 2 || labels.shape[0] !== batch || typeof length !== 'number') {
      return shape('labels', `${batch}×labels`, formatShape(labels.shape));
    }
    for (const [port, type] of Object.entries({ steps, lengths })) {
      if (type && (type.shape.length !== 1 || type.shape[0] !== batch)) {
        return shape(port, String(batch), formatShape(type.shape));
      }
    }
    if (time > MAX_STEPS || (!lengths && length > time)) {
      return {
        problem: {
          code: 'ctc-steps',
          port: 'logits',
          data: { steps: time, labels: length, limit: MAX_STEPS },
        },
        outputs: lossOutput,
      };
    }
    if (params.blank >= classes) {
      return {
        problem: {
          code: 'ctc-blank',
          param: 'blank',
          data: { blank: params.blank, classes },
          fix: { kind: 'set-param', nodeId, param: 'blank', value: 0 },
        },
        outputs: lossOutput,
      };
    }
    return { outputs: lossOutput };
  },
  flops: ({ inputs: { logits, labels } }) =>
    10 * Number(logits?.shape[1] ?? 0) * (2 * Number(labels?.shape[1] ?? 0) + 1),
  forward({ ctx: { ops }, inputs, params }) {
    const logits = required(inputs.logits, 'ctc: logits');
    const [batch = 1, , classes = 1] = logits.shape;
    const labels = withBlanks(ops, required(inputs.labels, 'ctc: labels'), params.blank);
    const states = labels.shape[1] ?? 1;
    const picked = ops.transpose(ops.oneHot(labels, classes), [0, 2, 1]);
    const emissions = ops.unstack(ops.matMul(ops.logSoftmax(logits), picked), 1);

    // Two equal labels need a blank between them, so that only a new label may be skipped to.
    const before = ops.slice(labels, [0, 0], [batch, Math.max(0, states - 2)]);
    const after = ops.slice(labels, [0, 2], [batch, Math.max(0, states - 2)]);
    const fresh = ops.cast(ops.notEqual(before, after), 'float32');
    const skip = ops.pad(
      ops.mul(ops.sub(ops.scalar(1), fresh), ops.scalar(NEVER)),
      [
        [0, 0],
        [2, 0],
      ],
      'constant',
      NEVER,
    );

    const first = required(emissions[0], 'ctc: steps');
    const start = ops.pad(
      ops.zeros([1, Math.min(2, states)]),
      [
        [0, 0],
        [0, states - Math.min(2, states)],
      ],
      'constant',
      NEVER,
    );
    let alpha = ops.add(first, start);
    for (const [step, emission] of emissions.entries()) {
      if (step === 0) continue;
      const ways = [alpha, shift(ops, alpha, 1), ops.add(shift(ops, alpha, 2), skip)];
      const next = ops.add(ops.logSumExp(ops.stack(ways, 0), [0]), emission);
      const lasts = inputs.steps && ops.greater(inputs.steps, ops.cast(ops.scalar(step), 'int32'));
      alpha = lasts ? ops.select(ops.reshape(lasts, [batch, 1]), next, alpha) : next;
    }
    const ends =
      inputs.lengths ?? ops.cast(ops.add(ops.zeros([batch]), ops.scalar((states - 1) / 2)), 'int32');
    const place = ops.mul(ops.cast(ends, 'float32'), ops.scalar(2));
    const final = ops.add(
      ops.oneHot(ops.cast(place, 'int32'), states),
      ops.oneHot(ops.cast(ops.sub(place, ops.scalar(1)), 'int32'), states),
    );
    const closed = ops.mul(ops.sub(ops.scalar(1), final), ops.scalar(NEVER));
    return { loss: ops.neg(ops.mean(ops.logSumExp(ops.add(alpha, closed), [1]))) };
  },
  summary: ({ blank }) => [`blank ${blank}`],
  lesson: {
    summary:
      'Trains on a text and a recording without knowing when each letter is spoken: it adds up the probability of every alignment by dynamic programming. Labels may repeat over steps, and a blank class stands for nothing new. There must be at least as many steps as labels.',
    formula: 'L = −log Σ_{alignments} Πₜ p(symbolₜ)',
    references: [
      {
        title: 'Graves et al. 2006: Connectionist temporal classification',
        url: 'https://doi.org/10.1145/1143844.1143891',
      },
    ],
  },
  sources: {
    pytorch: ({ inputs: { logits, labels, steps, lengths }, params }) => {
      const [, time = 1] = logits?.shape ?? [];
      const stepCount = steps ? '{steps}' : `torch.full(({logits}.shape[0],), ${time})`;
      const labelCount = lengths ? '{lengths}' : `torch.full(({logits}.shape[0],), ${labels?.shape[1] ?? 1})`;
      return {
        call: `F.ctc_loss(F.log_softmax({logits}, dim=-1).transpose(0, 1), {labels}, ${stepCount}, ${labelCount}, blank=${params.blank}, reduction="none").mean()`,
      };
    },
    keras: ({ inputs: { logits, labels, steps, lengths }, params }) => {
      const all = (count: unknown) => `ops.full((ops.shape({logits})[0],), ${count}, dtype="int32")`;
      const stepCount = steps ? '{steps}' : all(logits?.shape[1]);
      const labelCount = lengths ? '{lengths}' : all(labels?.shape[1]);
      return {
        call: `ops.mean(ops.ctc_loss({labels}, {logits}, ${labelCount}, ${stepCount}, mask_index=${params.blank}))`,
      };
    },
  },
  examples: [
    {
      name: 'labels of full length',
      inputs: { logits: float32([2, 6, 4]), labels: int32([2, 2]) },
      ranges: { labels: [1, 4], logits: [-2, 2] },
      params: {},
      outputs: { loss: [] },
      parameterCount: 0,
    },
    {
      name: 'lengths of both, blank at the end',
      inputs: { logits: float32([3, 5, 3]), labels: int32([3, 2]), steps: int32([3]), lengths: int32([3]) },
      ranges: { labels: [0, 2], steps: [4, 6], lengths: [0, 3] },
      params: { blank: 2 },
      outputs: { loss: [] },
    },
  ],
});
