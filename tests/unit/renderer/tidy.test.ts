import { describe, expect, it } from 'vitest';
import type { LayoutBox, LayoutWire } from '#renderer/canvas/autoLayout.ts';
import { holds } from '#renderer/canvas/frames.ts';
import { applyTidied, tidy } from '#renderer/canvas/tidy.ts';
import { addFrame, addNote, routeEdges } from '#shared/graph/commands.ts';
import { edgeId, type Frame } from '#shared/graph/document.ts';
import { edited, template } from '../shared/networks.ts';

const sizes = (ids: readonly string[]) => new Map(ids.map((id) => [id, { width: 100, height: 50 }]));
/** Everything in a row; ELK itself is tried end to end. */
const row = (seen: { boxes: readonly LayoutBox[]; wires: readonly LayoutWire[] }[]) => {
  return async (boxes: readonly LayoutBox[], wires: readonly LayoutWire[]) => {
    seen.push({ boxes, wires });
    let x = 0;
    return new Map(
      boxes.map(({ id, width }) => {
        const place = { x, y: 0 };
        x += width + 10;
        return [id, place] as const;
      }),
    );
  };
};

const mlp = template('mlp-mnist');
const ids = mlp.nodes.map(({ id }) => id);
const [first, second] = mlp.nodes;
if (!first || !second) throw new Error('The template has nodes.');

describe('tidying', () => {
  it('keeps a part where it was among the rest', async () => {
    const part = new Set(ids.slice(1, 4));
    const { nodes } = await tidy(mlp, part, sizes(ids), row([]));
    const before = mlp.nodes.filter(({ id }) => part.has(id)).map(({ position }) => position);
    const after = [...nodes.values()];
    expect(new Set(nodes.keys())).toEqual(part);
    for (const axis of ['x', 'y'] as const) {
      expect(Math.min(...after.map((at) => at[axis]))).toBe(Math.min(...before.map((at) => at[axis])));
    }
  });

  it('keeps together what is in a frame, fits the frame to it and takes its notes along; one step', async () => {
    const around = {
      position: { x: first.position.x - 10, y: first.position.y - 10 },
      size: { width: second.position.x - first.position.x + 130, height: 5000 },
    };
    const inFrame = mlp.nodes.filter(
      ({ position: { x, y } }) =>
        x + 50 >= around.position.x &&
        x + 50 <= around.position.x + around.size.width &&
        y + 25 >= around.position.y &&
        y + 25 <= around.position.y + around.size.height,
    );
    const noteAt = { x: around.position.x + 5, y: around.position.y + 5 };
    const wire = mlp.edges.find(({ from }) => from.node === first.id);
    if (!wire) throw new Error('The first node feeds something.');
    const framed = edited(
      mlp,
      addFrame({ id: 'frame-1', title: 'In', color: 'teal', ...around }),
      addNote({ id: 'note-1', text: '', color: 'teal', position: noteAt, size: { width: 20, height: 20 } }),
      routeEdges({ [edgeId(wire)]: [{ x: 1, y: 1 }] }),
    );
    const seen: { boxes: readonly LayoutBox[]; wires: readonly LayoutWire[] }[] = [];
    const tidied = await tidy(framed, new Set(ids), sizes(ids), row(seen));
    expect(seen[0]?.boxes.map(({ id }) => id)).toEqual(inFrame.map(({ id }) => id));
    expect(seen[1]?.boxes).toHaveLength(ids.length - inFrame.length + 1);
    const after = edited(framed, applyTidied(tidied));
    const [frame] = after.frames ?? [];
    if (!frame) throw new Error('The frame is gone.');
    for (const { id } of inFrame) {
      const at = after.nodes.find((node) => node.id === id)?.position ?? { x: Number.NaN, y: Number.NaN };
      expect(at.x).toBeGreaterThan(frame.position.x);
      expect(at.x + 100).toBeLessThan(frame.position.x + frame.size.width);
      expect(at.y + 50).toBeLessThan(frame.position.y + frame.size.height);
    }
    const [note] = after.notes ?? [];
    expect(note && note.position.x - frame.position.x).toBe(5);
    expect(after.edges.every(({ via }) => via === undefined)).toBe(true);
  });

  it('keeps a frame within the frame that holds it, and tells how high the ports of both are', async () => {
    const [a, b, c] = mlp.nodes;
    if (!a || !b || !c) throw new Error('The template has three nodes.');
    const own = new Map([a, b, c].map(({ id }, at) => [id, { x: 1000 * at, y: 5000 }]));
    const apart = {
      ...mlp,
      nodes: mlp.nodes.map((node) => ({ ...node, position: own.get(node.id) ?? node.position })),
    };
    const frame = (id: string, x: number, width: number, height: number): Frame => ({
      ...{ id, title: id, color: 'teal' },
      position: { x, y: 5000 - height / 2 },
      size: { width, height },
    });
    const framed = edited(
      apart,
      addFrame(frame('outer', -100, 1300, 400)),
      addFrame(frame('inner', 900, 250, 200)),
    );
    const ports = new Map(
      mlp.nodes.map(({ id }) => [
        id,
        {
          width: 100,
          height: 50,
          ports: new Map([
            ['<x', 40],
            ['>y', 40],
          ]),
        },
      ]),
    );
    const seen: { boxes: readonly LayoutBox[]; wires: readonly LayoutWire[] }[] = [];
    const { nodes, frames } = await tidy(framed, new Set(ids), ports, row(seen));
    expect(seen.map(({ boxes }) => boxes.map(({ id }) => id)).slice(0, 2)).toEqual([[b.id], [a.id, 'inner']]);
    expect(seen[1]?.boxes[1]?.heights?.get(`<${b.id}.x`)).toBe(52 + 40);
    expect(frames.map(({ id }) => id)).toEqual(['inner', 'outer']);
    const [inner, outer] = frames;
    if (!inner || !outer) throw new Error('A frame is gone.');
    expect(holds(outer, inner)).toBe(true);
    const at = nodes.get(b.id) ?? { x: Number.NaN, y: Number.NaN };
    expect([at.x - inner.position.x, at.y - inner.position.y]).toEqual([24, 52]);
  });
});
