import { z } from 'zod';
import type { Initializer } from './defineNode.ts';

/**
 * How a layer's kernel starts. Glorot and Bengio 2010 suits symmetric activations, He et al. 2015
 * rectified ones, LeCun et al. 1998 SELU.
 */
export const kernelInitializerSchema = z.enum([
  'glorot-uniform',
  'glorot-normal',
  'he-uniform',
  'he-normal',
  'lecun-normal',
  'zeros',
]);
export type KernelInitializer = z.infer<typeof kernelInitializerSchema>;

/** Fans count the connections into and out of one unit. */
export function kernelInitializer(
  name: KernelInitializer,
  fans: { fanIn: number; fanOut: number },
): Initializer {
  return name === 'zeros' ? { kind: 'zeros' } : { kind: name, ...fans };
}

/** Texts of the choices, shared by every layer that offers them. */
export const kernelInitializerOptions: Readonly<Record<KernelInitializer, string>> = {
  'glorot-uniform': 'Glorot uniform',
  'glorot-normal': 'Glorot normal',
  'he-uniform': 'He uniform',
  'he-normal': 'He normal',
  'lecun-normal': 'LeCun normal',
  zeros: 'Zeros',
};
