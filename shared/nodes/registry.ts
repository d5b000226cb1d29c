import { mnist } from './data/mnist.ts';
import type { NodeDefinition } from './defineNode.ts';
import { activation } from './layers/activation.ts';
import { add } from './layers/add.ts';
import { averagePool2d } from './layers/average-pool2d.ts';
import { batchNormalization } from './layers/batch-normalization.ts';
import { concatenate } from './layers/concatenate.ts';
import { conv2d } from './layers/conv2d.ts';
import { dense } from './layers/dense.ts';
import { dropout } from './layers/dropout.ts';
import { flatten } from './layers/flatten.ts';
import { maxPool2d } from './layers/max-pool2d.ts';
import { meanSquaredError } from './losses/mean-squared-error.ts';
import { softmaxCrossEntropy } from './losses/softmax-cross-entropy.ts';
import { accuracy } from './metrics/accuracy.ts';
import { adam } from './optimizers/adam.ts';
import { sgd } from './optimizers/sgd.ts';

/** Every node type, one line each. The order is the library's order within a category. */
export const nodeDefinitions: readonly NodeDefinition[] = [
  mnist,
  dense,
  conv2d,
  maxPool2d,
  averagePool2d,
  batchNormalization,
  dropout,
  flatten,
  add,
  concatenate,
  activation,
  softmaxCrossEntropy,
  meanSquaredError,
  adam,
  sgd,
  accuracy,
];

const byKind: ReadonlyMap<string, NodeDefinition> = new Map(nodeDefinitions.map((node) => [node.kind, node]));

/** Undefined for a kind that this version does not know: such a node is kept as a placeholder. */
export function findNodeDefinition(kind: string): NodeDefinition | undefined {
  return byKind.get(kind);
}
