import { formatShape, type TensorType } from '../types/portType.ts';
import type { InferResult } from './defineNode.ts';

/** Of a metric that reads scores `[B, K]`: no outputs, or what is wrong with the scores. */
export function checkScores(logits: TensorType | undefined): InferResult {
  if (!logits || (logits.shape.length === 2 && typeof logits.shape[1] === 'number')) return { outputs: {} };
  return {
    problem: {
      code: 'needs-flat-input',
      port: 'logits',
      data: { expected: 'B×classes', received: formatShape(logits.shape) },
      ...(logits.shape.length > 2 && {
        fix: { kind: 'insert-node', nodeKind: 'flatten', params: {}, edgeId: '' },
      }),
    },
  };
}
