import { describe, expect, it } from 'vitest';
import { createPlan } from '#shared/compile/createPlan.ts';
import { moveNodes, paste, routeEdges } from '#shared/graph/commands.ts';
import { edgeId } from '#shared/graph/document.ts';
import { parseDocument } from '#shared/graph/parseDocument.ts';
import { serializeDocument } from '#shared/graph/serializeDocument.ts';
import { edited, template } from '../networks.ts';

const mlp = template('mlp-mnist');
const [wire] = mlp.edges;
if (!wire) throw new Error('The template has wires.');
const id = edgeId(wire);
const led = edited(mlp, routeEdges({ [id]: [{ x: 10, y: 200 }] }));
const viaOf = (document: typeof mlp) => document.edges.find((edge) => edgeId(edge) === id)?.via;
const moved = (nodes: readonly string[], by: number) =>
  edited(
    led,
    moveNodes(
      Object.fromEntries(
        nodes.map((node) => {
          const at = led.nodes.find((other) => other.id === node)?.position ?? { x: 0, y: 0 };
          return [node, { x: at.x + by, y: at.y }];
        }),
      ),
    ),
  );

describe('points that a wire is led through', () => {
  it('survive a file, and go without a trace', () => {
    const read = parseDocument(serializeDocument(led));
    expect(read.ok && viaOf(read.value)).toEqual([{ x: 10, y: 200 }]);
    expect(edited(led, routeEdges({ [id]: [] }))).toEqual(mlp);
  });

  it('mean nothing to a run', () => {
    expect(createPlan(led)).toEqual(createPlan(mlp));
  });

  it('go along with both ends, and stay when one of them moves', () => {
    expect(viaOf(moved([wire.from.node, wire.to.node], 30))).toEqual([{ x: 40, y: 200 }]);
    expect(viaOf(moved([wire.to.node], 30))).toEqual([{ x: 10, y: 200 }]);
  });

  it('are pasted with the wire', () => {
    const pasted = edited(mlp, paste({ nodes: led.nodes, edges: led.edges }, { x: 5, y: 5 }));
    expect(pasted.edges.filter(({ via }) => via).map(({ via }) => via)).toEqual([[{ x: 15, y: 205 }]]);
  });

  it('are limited, and need a wire', () => {
    const many = Array.from({ length: 65 }, (_, x) => ({ x, y: 0 }));
    expect(routeEdges({ [id]: many }).apply(mlp).ok).toBe(false);
    expect(routeEdges({ 'a.b>c.d': [] }).apply(mlp).ok).toBe(false);
  });
});
