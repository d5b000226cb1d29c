import { describe, expect, it } from 'vitest';
import { reconnect, routeEdges } from '#shared/graph/commands.ts';
import { edgeId, type GraphDocument } from '#shared/graph/document.ts';
import { buildDocument } from '#shared/templates/buildDocument.ts';

const graph = buildDocument({
  name: 'sum',
  epochs: 1,
  batchSize: 1,
  nodes: [
    { id: 'mnist', kind: 'mnist', at: [0, 0] },
    { id: 'flatten', kind: 'flatten', at: [1, 0] },
    { id: 'a', kind: 'dense', at: [2, 0] },
    { id: 'b', kind: 'dense', at: [2, 1] },
    { id: 'sum', kind: 'concatenate', at: [3, 0] },
  ],
  wires: [
    'mnist.image > flatten.x',
    'flatten.y > a.x',
    'flatten.y > b.x',
    'a.y > sum.values',
    'b.y > sum.values',
  ],
});
const wires = (document: GraphDocument): string[] => document.edges.map(edgeId);
const end = (written: string) => {
  const [node = '', port = ''] = written.split('.');
  return { node, port };
};

describe('an end of a wire that is moved', () => {
  const via = [{ x: 10, y: 20 }];
  const led = routeEdges({ 'a.y>sum.values': via }).apply(graph);
  if (!led.ok) throw new Error('not led');

  it('keeps the place in the order of a port that takes several, and the points of the wire', () => {
    const done = reconnect('a.y>sum.values', end('flatten.y'), end('sum.values')).apply(led.value);
    if (!done.ok) throw new Error(done.error.code);
    expect(wires(done.value).slice(3)).toEqual(['flatten.y>sum.values', 'b.y>sum.values']);
    expect(done.value.edges[3]?.via).toEqual(via);
  });

  it('takes the place of the wire that an input has', () => {
    const done = reconnect('a.y>sum.values', end('a.y'), end('b.x')).apply(graph);
    expect(done.ok && wires(done.value)).toEqual([
      'mnist.image>flatten.x',
      'flatten.y>a.x',
      'a.y>b.x',
      'b.y>sum.values',
    ]);
  });

  it('is refused where it would close a cycle or the wire is gone, and changes nothing', () => {
    const cycle = reconnect('flatten.y>a.x', end('sum.y'), end('a.x')).apply(graph);
    expect(cycle.ok ? null : cycle.error.code).toBe('would-close-cycle');
    const gone = reconnect('a.y>b.x', end('a.y'), end('sum.values')).apply(graph);
    expect(gone.ok ? null : gone.error.code).toBe('edge-not-found');
  });
});
