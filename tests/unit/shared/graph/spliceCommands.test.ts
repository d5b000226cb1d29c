import { describe, expect, it } from 'vitest';
import { addNode, removeAndBridge, spliceNode } from '#shared/graph/commands.ts';
import { edgeId, type GraphDocument } from '#shared/graph/document.ts';
import { buildDocument } from '#shared/templates/buildDocument.ts';

/** Two dense layers added up behind a flattened image; the order of the values counts. */
const graph = buildDocument({
  name: 'sum',
  epochs: 1,
  batchSize: 1,
  nodes: [
    { id: 'mnist', kind: 'mnist', at: [0, 0] },
    { id: 'flatten', kind: 'flatten', at: [1, 0] },
    { id: 'a', kind: 'dense', at: [2, 0] },
    { id: 'b', kind: 'dense', at: [2, 1] },
    { id: 'add', kind: 'add', at: [3, 0] },
  ],
  wires: [
    'mnist.image > flatten.x',
    'flatten.y > a.x',
    'flatten.y > b.x',
    'a.y > add.values',
    'b.y > add.values',
  ],
});
const wires = (document: GraphDocument): string[] => document.edges.map(edgeId);
const anything = (): boolean => true;

describe('a node put into a wire', () => {
  const added = addNode({ kind: 'dropout', id: 'dropout-1', position: { x: 0, y: 0 } }).apply(graph);
  if (!added.ok) throw new Error('not added');
  const splice = { node: 'dropout-1', input: 'x', output: 'y' };

  it('takes the place of the wire in the order of the port', () => {
    const done = spliceNode('a.y>add.values', splice).apply(added.value);
    expect(done.ok && wires(done.value)).toEqual([
      'mnist.image>flatten.x',
      'flatten.y>a.x',
      'flatten.y>b.x',
      'a.y>dropout-1.x',
      'dropout-1.y>add.values',
      'b.y>add.values',
    ]);
  });

  it('is refused where it would close a cycle, and changes nothing', () => {
    const done = spliceNode('flatten.y>a.x', { node: 'add', input: 'values', output: 'y' }).apply(graph);
    expect(done.ok).toBe(false);
  });

  it('is refused for a wire that is gone', () => {
    const done = spliceNode('a.y>b.x', splice).apply(added.value);
    expect(done.ok ? null : done.error.code).toBe('edge-not-found');
  });
});

describe('nodes removed with a bridge', () => {
  it('leave a wire in their place', () => {
    const done = removeAndBridge(['a'], anything).apply(graph);
    expect(done.ok && wires(done.value)).toEqual([
      'mnist.image>flatten.x',
      'flatten.y>b.x',
      'flatten.y>add.values',
      'b.y>add.values',
    ]);
  });

  it('are bridged as a row', () => {
    const done = removeAndBridge(['flatten', 'a'], anything).apply(graph);
    expect(done.ok && wires(done.value)).toEqual([
      'mnist.image>b.x',
      'mnist.image>add.values',
      'b.y>add.values',
    ]);
  });

  it('leave no wire twice, and none that does not fit', () => {
    const both = removeAndBridge(['a', 'b'], anything).apply(graph);
    expect(both.ok && wires(both.value)).toEqual(['mnist.image>flatten.x', 'flatten.y>add.values']);
    const none = removeAndBridge(['a'], () => false).apply(graph);
    expect(none.ok && wires(none.value)).toEqual([
      'mnist.image>flatten.x',
      'flatten.y>b.x',
      'b.y>add.values',
    ]);
  });
});
