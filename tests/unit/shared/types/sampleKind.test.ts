import { expect, it } from 'vitest';
import { nodeDefinitions } from '#shared/nodes/registry.ts';
import { sampleKindOf } from '#shared/types/sampleKind.ts';

/** What people call the samples of each data set whose facts are known without looking. */
const called = {
  mnist: 'image',
  'mnist-few': 'image',
  'mnist-pairs': 'pair',
  'two-spirals': 'point',
  iris: 'row',
  'shape-scenes': 'image',
  'first-names': 'sequence',
  'spoken-words': 'sequence',
  'style-pictures': 'pair',
  sunspots: 'sequence',
  'date-spellings': 'sequence',
  'moby-dick': 'sequence',
  'moby-dick-words': 'sequence',
  speeches: 'sequence',
  cora: 'graph',
  'cora-links': 'graph',
  'graph-motifs': 'graph',
};

it('calls the samples of every data set what they are', () => {
  const found = nodeDefinitions.flatMap((node) => {
    const facts = node.role === 'dataset' ? node.knownFacts?.(node.params.parse({})) : undefined;
    return facts ? [[node.kind, sampleKindOf(facts.outputs)]] : [];
  });
  expect(Object.fromEntries(found)).toEqual(called);
});
