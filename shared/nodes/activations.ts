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
  'mish',
  'softplus',
  'sigmoid',
  'hard-sigmoid',
  'tanh',
  'softmax',
  'log-softmax',
]);
export type ActivationName = z.infer<typeof activationSchema>;

/** What a leaky ReLU lets through of negative numbers unless told otherwise; PyTorch's default. */
export const LEAKY_SLOPE = 0.01;

export function activate(ops: Ops, name: ActivationName, x: Tensor, slope = LEAKY_SLOPE): Tensor {
  switch (name) {
    case 'linear':
      return x;
    case 'relu':
      return ops.relu(x);
    case 'leaky-relu':
      return ops.leakyRelu(x, slope);
    case 'elu':
      return ops.elu(x);
    case 'selu':
      return ops.selu(x);
    case 'gelu':
      return ops.gelu(x);
    case 'silu':
      return ops.silu(x);
    case 'mish':
      return ops.mul(x, ops.tanh(ops.softplus(x)));
    case 'softplus':
      return ops.softplus(x);
    case 'sigmoid':
      return ops.sigmoid(x);
    case 'hard-sigmoid':
      return ops.clip(ops.add(ops.div(x, ops.scalar(6)), ops.scalar(0.5)), 0, 1);
    case 'tanh':
      return ops.tanh(x);
    case 'softmax':
      return ops.softmax(x);
    case 'log-softmax':
      return ops.logSoftmax(x);
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
  mish: 'Mish',
  softplus: 'Softplus',
  sigmoid: 'Sigmoid',
  'hard-sigmoid': 'Hard sigmoid',
  tanh: 'Tanh',
  softmax: 'Softmax',
  'log-softmax': 'Log-softmax',
};

/** What the numbers mean after an activation: softmax gives probabilities, the others nothing special. */
export function activationMeaning(name: ActivationName): { meaning?: Meaning } {
  return name === 'softmax' ? { meaning: { kind: 'probabilities' } } : {};
}
