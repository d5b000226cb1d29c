import type { PortSpec } from './defineNode.ts';

type Options = Pick<PortSpec, 'multiple' | 'optional'>;

/** An input of real numbers. */
export const floatPort = (id = 'x', options: Options = {}): PortSpec => ({
  id,
  type: 'tensor',
  dtypes: ['float32'],
  ...options,
});

/** An input of whole numbers: classes, tokens, indices. */
export const indexPort = (id: string, options: Options = {}): PortSpec => ({
  id,
  type: 'tensor',
  dtypes: ['int32'],
  ...options,
});

/** An input of numbers, whole or not. */
export const numberPort = (id = 'x', options: Options = {}): PortSpec => ({
  id,
  type: 'tensor',
  dtypes: ['float32', 'int32'],
  ...options,
});

/** A tensor of any element type; also every output. */
export const tensorPort = (id = 'y', options: Options = {}): PortSpec => ({ id, type: 'tensor', ...options });

/** The one output of a loss node. */
export const lossPort: PortSpec = { id: 'loss', type: 'loss' };
