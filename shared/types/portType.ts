/**
 * The types that travel along wires.
 *
 * A shape is a list of dimensions, outermost first, in TensorFlow's channels-last
 * order (`[B, H, W, C]`). A dimension is a number or the name of a symbol
 * (`'B'` batch, `'T'` time, …); two equal symbols stand for the same size.
 */
export type Dim = number | string;
export type Shape = readonly Dim[];

export type DType = 'float32' | 'int32' | 'bool';

/** How numbers that were normalised become what they stand for: `number · scale + shift`, column by column. */
export interface OwnUnits {
  readonly shift: readonly number[];
  readonly scale: readonly number[];
}

/** What the numbers of a tensor mean; decides how they are drawn and which fixes are offered. */
export type Meaning =
  /** `[B, H, W, C]`, values within `range`. */
  | { kind: 'image'; range: readonly [number, number] }
  /** Class indices `[B]`, with the name of each class. */
  | { kind: 'class'; labels: readonly string[] }
  /** `units`: what they are multiplied by and moved to be numbers of their own again. */
  | { kind: 'features'; names?: readonly string[]; units?: OwnUnits }
  /** int32 indices into a vocabulary. */
  | { kind: 'tokens'; vocabulary: readonly string[] }
  /** float32, 1 where there is something and 0 where there is padding. */
  | { kind: 'mask' }
  /** int32 `[E, 2]`: the source and target node of each edge. */
  | { kind: 'edges' }
  /** `[B, T, …]`: evenly spaced in time. */
  | { kind: 'series'; units?: OwnUnits }
  /** Unnormalised log-probabilities `[B, K]` over classes. */
  | { kind: 'logits' }
  /** `[…, K]`, non-negative and summing to one over the last axis. */
  | { kind: 'probabilities' };

export interface TensorType {
  readonly type: 'tensor';
  readonly dtype: DType;
  readonly shape: Shape;
  readonly meaning?: Meaning;
}

/** A scalar to be minimised. */
export interface LossType {
  readonly type: 'loss';
}

export type PortType = TensorType | LossType;

/** `B×28×28×1`; a scalar prints as `scalar`. */
export function formatShape(shape: Shape): string {
  return shape.length === 0 ? 'scalar' : shape.join('×');
}

export function formatType(type: PortType): string {
  return type.type === 'loss' ? 'loss' : formatShape(type.shape);
}

/** The glyph of a port: form and colour both say the type, so that neither is needed alone. */
export type PortForm = 'tensor' | 'image' | 'tokens' | 'graph' | 'loss' | 'optimizer';

export function portForm(type: PortType): PortForm {
  if (type.type === 'loss') return 'loss';
  if (type.meaning?.kind === 'tokens') return 'tokens';
  if (type.meaning?.kind === 'edges') return 'graph';
  return type.shape.length === 4 || type.meaning?.kind === 'image' ? 'image' : 'tensor';
}
