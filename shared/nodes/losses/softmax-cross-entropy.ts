import { z } from 'zod';
import { formatShape, type TensorType } from '../../types/portType.ts';
import { float32 } from '../../types/shape.ts';
import { defineLoss, type NodeProblem } from '../defineNode.ts';

const labelType = (batch: number): TensorType => ({ type: 'tensor', dtype: 'int32', shape: [batch] });

/**
 * Mean over the batch of −log softmax(logits)[label]: logits `[B, K]`, labels int32 `[B]` in 0…K−1.
 * With label smoothing s the target is (1 − s)·one-hot + s/K (Szegedy et al. 2016).
 * Bishop 2006, ch. 4.3; torch.nn.CrossEntropyLoss.
 */
export const softmaxCrossEntropy = defineLoss({
  kind: 'softmax-cross-entropy',
  category: 'loss',
  icon: 'trending-down',
  text: {
    title: 'Softmax CE',
    description: 'How far the class probabilities are from the right class.',
    params: {
      labelSmoothing: {
        label: 'Label smoothing',
        help: 'Share of the target that is spread over all classes.',
      },
    },
    ports: { logits: 'logits', labels: 'labels', loss: 'loss' },
    aliases: ['cross entropy', 'classification', 'log loss', 'nll'],
  },
  params: z.object({ labelSmoothing: z.number().min(0).max(0.5).default(0).meta({ step: 0.05 }) }),
  ports: {
    inputs: [
      { id: 'logits', type: 'tensor', dtypes: ['float32'] },
      { id: 'labels', type: 'tensor', dtypes: ['int32'] },
    ],
    outputs: [{ id: 'loss', type: 'loss' }],
  },
  prediction: { port: 'logits', target: 'labels', activation: 'softmax' },
  infer({ inputs: { logits, labels } }) {
    if (!logits || !labels) return { outputs: {} };
    const outputs = { loss: { type: 'loss' as const } };
    const [batch, classes] = logits.shape;
    if (logits.shape.length !== 2 || typeof classes !== 'number') {
      return {
        problem: {
          code: 'needs-flat-input',
          port: 'logits',
          data: { expected: 'B×classes', received: formatShape(logits.shape) },
          ...(logits.shape.length > 2 && {
            fix: { kind: 'insert-node', nodeKind: 'flatten', params: {}, edgeId: '' },
          }),
        },
        outputs,
      };
    }
    if (labels.shape.length !== 1 || labels.shape[0] !== batch) {
      return {
        problem: {
          code: 'needs-class-labels',
          port: 'labels',
          data: { expected: String(batch), received: formatShape(labels.shape) },
        },
        outputs,
      };
    }
    const expected = labels.meaning?.kind === 'class' ? labels.meaning.labels.length : classes;
    if (expected !== classes) {
      return {
        problem: {
          code: 'class-count-mismatch',
          port: 'logits',
          data: { classes: expected, expected: `${batch}×${expected}`, received: formatShape(logits.shape) },
          fix: [
            { kind: 'set-param', nodeId: '', param: 'units', value: expected },
            { kind: 'insert-node', nodeKind: 'dense', params: { units: expected }, edgeId: '' },
          ],
        },
        outputs,
      };
    }
    const warnings: NodeProblem[] = [];
    if (logits.meaning?.kind === 'probabilities') {
      warnings.push({
        code: 'softmax-twice',
        port: 'logits',
        data: {},
        severity: 'warning',
        fix: { kind: 'set-param', nodeId: '', param: 'activation', value: 'linear' },
      });
    }
    return { outputs, warnings };
  },
  flops: ({ inputs: { logits } }) => 5 * Number(logits?.shape[1] ?? 0),
  forward({ ctx: { ops }, inputs: { logits, labels }, params }) {
    if (!logits || !labels) throw new Error('softmax-cross-entropy: input missing');
    const loss = ops.mean(ops.sparseSoftmaxCrossEntropy(logits, labels));
    const smoothing = params.labelSmoothing;
    if (smoothing === 0) return { loss };
    // The mean over samples and classes is the uniform target's cross-entropy.
    const uniform = ops.neg(ops.mean(ops.logSoftmax(logits)));
    return {
      loss: ops.add(ops.mul(loss, ops.scalar(1 - smoothing)), ops.mul(uniform, ops.scalar(smoothing))),
    };
  },
  summary: (params) => [
    params.labelSmoothing === 0 ? 'mean over batch' : `smoothing ${params.labelSmoothing}`,
  ],
  examples: [
    {
      name: 'ten classes',
      inputs: { logits: float32([4, 10]), labels: labelType(4) },
      params: {},
      outputs: { loss: [] },
      parameterCount: 0,
    },
    {
      name: 'two classes, label smoothing',
      inputs: { logits: float32([3, 2]), labels: labelType(3) },
      params: { labelSmoothing: 0.1 },
      outputs: { loss: [] },
    },
    {
      name: 'one sample',
      inputs: { logits: float32([1, 5]), labels: labelType(1) },
      params: {},
      outputs: { loss: [] },
    },
  ],
});
