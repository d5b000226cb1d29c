import type { TemplateNode } from '../templates/buildDocument.ts';

/** A convolution that keeps the size of the image. */
export const convolution = (
  id: string,
  filters: number,
  size: number,
  at: TemplateNode['at'],
  activation: 'linear' | 'relu' | 'sigmoid' = 'linear',
): TemplateNode => ({
  id,
  kind: 'conv2d',
  params: {
    filters,
    kernelSize: [size, size],
    padding: 'same',
    activation,
    initializer: activation === 'relu' ? 'he-normal' : 'glorot-uniform',
  },
  at,
});
