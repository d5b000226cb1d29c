import type { Tensor } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import type { Meaning } from '../types/portType.ts';
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

/** Texts of the choices, shared by every layer that offers them. */
export const activationOptions: Readonly<Record<ActivationName, string>> = {
  linear: 'Linear',
  relu: 'ReLU',
  'leaky-relu': 'Leaky ReLU',
  elu: 'ELU',
  selu: 'SELU',
  gelu: 'GELU',
  silu: 'SiLU',
  softplus: 'Softplus',
  sigmoid: 'Sigmoid',
  tanh: 'Tanh',
  softmax: 'Softmax',
};

/** What the numbers mean after an activation: softmax gives probabilities, the others nothing special. */
export function activationMeaning(name: ActivationName): { meaning?: Meaning } {
  return name === 'softmax' ? { meaning: { kind: 'probabilities' } } : {};
}
