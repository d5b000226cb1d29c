import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copyFragment, parseFragment } from '#shared/graph/clipboard.ts';
import {
  addNode,
  type Command,
  connect,
  moveNodes,
  paste,
  removeEdges,
  removeNodes,
  renameDocument,
  setParam,
  setTitle,
  setTraining,
} from '#shared/graph/commands.ts';
import { edgeId, type GraphDocument } from '#shared/graph/document.ts';
import { createHistory, execute, type History, redo, sealHistory, undo } from '#shared/graph/history.ts';
import { serializeDocument } from '#shared/graph/serializeDocument.ts';
import { nodeDefinitions } from '#shared/nodes/registry.ts';
import { template } from '../networks.ts';

/** A command for the document as it is by then; the numbers choose what it touches. */
const step = fc.tuple(fc.nat(9), fc.nat(1000), fc.nat(1000), fc.integer({ min: -500, max: 500 }));

function commandFor(
  document: GraphDocument,
  [choice, a, b, n]: readonly [number, number, number, number],
): Command {
  const pick = <T>(list: readonly T[], index: number): T | undefined =>
    list[index % Math.max(1, list.length)];
  const node = pick(document.nodes, a)?.id ?? 'nobody';
  const other = pick(document.nodes, b)?.id ?? 'nobody';
  const edge = pick(document.edges, a);
  switch (choice) {
    case 0:
      return addNode({ kind: pick(nodeDefinitions, a)?.kind ?? 'dense', position: { x: n, y: b } });
    case 1:
      return removeNodes(node === other ? [node] : [node, other]);
    case 2:
      return moveNodes({ [node]: { x: n, y: b } });
    case 3:
      return connect({ node, port: 'y' }, { node: other, port: 'x' });
    case 4:
      return removeEdges(edge ? [edgeId(edge)] : []);
    case 5:
      return setParam(node, 'units', n);
    case 6:
      return setTitle(node, n > 0 ? `title ${n}` : '');
    case 7:
      return setTraining({ epochs: n });
    case 8:
      return renameDocument(`name ${n}`);
    default: {
      const fragment = parseFragment(copyFragment(document, [node, other]));
      return fragment.ok ? paste(fragment.value, { x: 30, y: 30 }) : renameDocument('nothing to paste');
    }
  }
}

function run(history: History, command: Command): History {
  const result = execute(history, command);
  return result.ok ? result.value : history;
}

describe('history', () => {
  it('undoes any sequence of commands to the beginning, and redoes it to the end', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const start = template('mlp-mnist');
        const frozen = serializeDocument(start);
        let history = createHistory(start);
        for (const choice of steps) history = run(history, commandFor(history.document, choice));
        const end = serializeDocument(history.document);

        let back = history;
        while (back.past.length > 0) back = undo(back);
        expect(serializeDocument(back.document)).toBe(frozen);
        let forward = back;
        while (forward.future.length > 0) forward = redo(forward);
        expect(serializeDocument(forward.document)).toBe(end);
        expect(forward.past.length).toBe(history.past.length);
        expect(serializeDocument(start)).toBe(frozen);
      }),
      { numRuns: 100 },
    );
  });

  it('joins consecutive commands with one merge key into one step, until sealed', () => {
    const start = createHistory(template('mlp-mnist'));
    const drag = (x: number): Command => moveNodes({ mnist: { x, y: 0 } });
    let history = run(run(run(start, drag(1)), drag(2)), drag(3));
    expect(history.past.length).toBe(1);
    history = run(sealHistory(history), drag(4));
    expect(history.past.length).toBe(2);
    expect(undo(undo(history)).document).toBe(start.document);
    history = run(history, setParam('dense-1', 'units', 7));
    expect(history.past.length).toBe(3);
  });

  it('forgets what was undone once something else is done, and stays as it is after a failure', () => {
    const start = createHistory(template('mlp-mnist'));
    const changed = undo(run(start, renameDocument('one')));
    expect(changed.future.length).toBe(1);
    expect(run(changed, renameDocument('two')).future).toEqual([]);
    expect(execute(changed, removeNodes(['nobody'])).ok).toBe(false);
    expect(undo(start)).toBe(start);
    expect(redo(start)).toBe(start);
  });
});
