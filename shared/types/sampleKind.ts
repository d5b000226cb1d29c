import type { TensorType } from './portType.ts';

/** What people call the samples of a data set. */
export const sampleKinds = ['image', 'pair', 'point', 'row', 'sequence', 'graph', 'sample'] as const;
export type SampleKind = (typeof sampleKinds)[number];

/** By the output ports of a data node. */
export function sampleKindOf(outputs: Readonly<Record<string, TensorType>>): SampleKind {
  const types = Object.values(outputs);
  const meanings = types.map(({ meaning }) => meaning?.kind);
  if (meanings.includes('edges')) return 'graph';
  const images = meanings.filter((kind) => kind === 'image').length;
  if (images > 0) return images > 1 ? 'pair' : 'image';
  if (meanings.includes('tokens') || meanings.includes('series')) return 'sequence';
  if (types.some(({ meaning }) => meaning?.kind === 'features' && meaning.names?.join() === 'x,y'))
    return 'point';
  return types.some(({ shape }) => shape.length === 2) ? 'row' : 'sample';
}
