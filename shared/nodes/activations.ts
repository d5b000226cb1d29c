import type { Tensor } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import type { Ops } from './ops.ts';

/** Activations offered by layers and by the activation node, under the names PyTorch and Keras use. */
export const activationSchema = z.enum([
  'linear',
  'relu',
  'leaky-relu',
  'elu',
  'selu',
  'gelu',
  'silu',
  'softplus',
  'sigmoid',
  'tanh',
  'softmax',
]);
export type ActivationName = z.infer<typeof activationSchema>;

export function activate(ops: Ops, name: ActivationName, x: Tensor): Tensor {
  switch (name) {
    case 'linear':
      return x;
    case 'relu':
      return ops.relu(x);
    case 'leaky-relu':
      return ops.leakyRelu(x, 0.01);
    case 'elu':
      return ops.elu(x);
    case 'selu':
      return ops.selu(x);
    case 'gelu':
      return ops.gelu(x);
    case 'silu':
      return ops.silu(x);
    case 'softplus':
      return ops.softplus(x);
    case 'sigmoid':
      return ops.sigmoid(x);
    case 'tanh':
      return ops.tanh(x);
    case 'softmax':
      return ops.softmax(x);
  }
}
