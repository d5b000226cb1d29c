import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyze } from '#shared/compile/analyze.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import { levelAnalysis } from '#shared/compile/levelAnalysis.ts';
import type { Plan } from '#shared/compile/plan.ts';
import { editAt, type Level, levelGraph } from '#shared/graph/blockLevels.ts';
import { copyFragment, parseFragment } from '#shared/graph/clipboard.ts';
import {
  addInstance,
  blockRefusal,
  changeBlockLook,
  concealParam,
  connect,
  detachInstance,
  duplicateLinked,
  exposeParam,
  makeBlock,
  moveNodes,
  movePort,
  type PortSide,
  paste,
  removeBlock,
  removeEdges,
  removeNodes,
  removePort,
  renameBlockParam,
  renamePort,
  separateWeights,
  setParam,
  shareWeights,
  unpackBlock,
} from '#shared/graph/commands.ts';
import { edgeId, type GraphDocument } from '#shared/graph/document.ts';
import { createHistory, execute, undo } from '#shared/graph/history.ts';
import { parseDocument } from '#shared/graph/parseDocument.ts';
import { serializeDocument } from '#shared/graph/serializeDocument.ts';
import { findNodeDefinition } from '#shared/nodes/registry.ts';
import { templates } from '#shared/templates/index.ts';
import { edited, network, template, withCode } from '../networks.ts';

function planOf(document: GraphDocument): Plan {
  const plan = createPlan(document);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return plan.value;
}

/** A plan as text with the paths brought into one form, whatever the order and the nesting of its nodes. */
function planText(document: GraphDocument, rename: (path: string) => string = (path) => path): string {
  const { nodes, optimizers, losses } = planOf(document);
  const renamed = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value, (key, item) =>
        ['path', 'weightsPath', 'nodeId'].includes(key)
          ? key === 'nodeId'
            ? undefined
            : rename(item)
          : item,
      ),
    );
  const list = nodes
    .filter(({ path }) => !optimizers.some((optimizer) => optimizer.path === path))
    .map((node) => ({ ...node, inputs: sortedKeys(node.inputs), inputTypes: sortedKeys(node.inputTypes) }))
    .map((node) => JSON.stringify(renamed(node)));
  const scopes = optimizers.map(({ path, scope }) => [rename(path), scope.map(rename).toSorted()]);
  return JSON.stringify([list.toSorted(), scopes, losses.map(rename).toSorted()], null, 1);
}

/** Ports in one order: that of the wires says nothing between ports. */
const sortedKeys = (value: object): object =>
  Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));

const without =
  (instance: string) =>
  (path: string): string =>
    path.startsWith(`${instance}/`) ? path.slice(instance.length + 1) : path;
const instanceIn = (document: GraphDocument, before?: GraphDocument): string => {
  const found = document.nodes.findLast(
    (node) => node.kind === 'block' && !before?.nodes.some(({ id }) => id === node.id),
  );
  if (!found) throw new Error('no instance');
  return found.id;
};
const documents = templates.map(({ document }) => document);
const layers = (document: GraphDocument): string[] =>
  document.nodes
    .filter(({ kind }) => kind === 'block' || findNodeDefinition(kind)?.role === 'layer')
    .map(({ id }) => id);

describe('a block made of a selection', () => {
  it('leaves the plan as it was, up to the paths, and unpacks to it again', () => {
    let made = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...documents),
        fc.nat(1000),
        fc.integer({ min: 1, max: 8 }),
        (document, start, length) => {
          const all = layers(document);
          const ids = all.slice(start % all.length).slice(0, length);
          if (blockRefusal(document, ids)) return;
          made++;
          const command = makeBlock({ ids, title: 'Part' });
          const history = execute(createHistory(document), command);
          if (!history.ok) throw new Error(JSON.stringify(history.error));
          expect(undo(history.value).document).toBe(document);
          const blocked = history.value.document;
          expect(parseDocument(serializeDocument(blocked))).toEqual({ ok: true, value: blocked });
          expect(planText(blocked, without(instanceIn(blocked, document)))).toBe(planText(document));
          const unpacked = edited(blocked, unpackBlock(instanceIn(blocked, document)));
          expect(planText(unpacked)).toBe(planText(document));
        },
      ),
      { numRuns: 25 },
    );
    expect(made).toBeGreaterThan(0);
  });

  it('keeps the order of the wires into a port that takes several', () => {
    const document = template('unet-shapes');
    const concat = document.nodes.find(({ kind }) => kind === 'concatenate');
    const into = document.edges.filter(({ to }) => to.node === concat?.id);
    for (const { from } of into) {
      const ids = [concat?.id ?? '', from.node];
      if (blockRefusal(document, ids)) continue;
      const blocked = edited(document, makeBlock({ ids, title: 'Join' }));
      expect(planText(blocked, without(instanceIn(blocked, document)))).toBe(planText(document));
    }
    expect(into.length).toBeGreaterThan(1);
  });

  it('has ports where nodes wait for wires that are not drawn yet', () => {
    const loose = network({ 'a:dense': {}, 'b:dropout': {}, 'c:dense': {} }, ['a.y > b.x', 'b.y > c.x']);
    const block = edited(loose, makeBlock({ ids: ['a', 'b', 'c'], title: 'Part' })).blocks?.[0];
    expect(block?.inputs.map(({ to }) => to)).toEqual([[{ node: 'a', port: 'x' }]]);
    expect(block?.outputs.map(({ from }) => from)).toEqual([{ node: 'c', port: 'y' }]);
    const alone = edited(loose, makeBlock({ ids: ['a'], title: 'Part' }));
    expect(alone.blocks?.[0]?.inputs).toHaveLength(1);
    expect(alone.edges[0]?.to.node).toBe('b');
  });

  it('keeps that order where one wire into a block comes from inside and another from outside', () => {
    const document = template('cgan-mnist');
    for (const source of ['noise', 'class']) {
      const blocked = edited(document, makeBlock({ ids: [source, 'generator'], title: 'Part' }));
      expect(planText(blocked, without(instanceIn(blocked, document)))).toBe(planText(document));
    }
  });

  it('is refused with the reason where it cannot be one', () => {
    const document = template('mlp-mnist');
    const optimizer = document.nodes.find(({ kind }) => findNodeDefinition(kind)?.role === 'optimizer');
    const code = (ids: readonly string[]) => blockRefusal(document, ids)?.code;
    expect(code([])).toBe('block-of-nothing');
    expect(code([optimizer?.id ?? ''])).toBe('not-inside-a-block');
    expect(code(['mnist'])).toBe('not-inside-a-block');
    const [first = '', , third = ''] = layers(document);
    expect(code([first, third])).toBe('block-would-cycle');
  });
});

describe('inside a block', () => {
  const document = template('mlp-mnist');
  const ids = layers(document).slice(1, 4);
  const blocked = edited(document, makeBlock({ ids, title: 'Part' }));
  const level: Level = [{ instance: instanceIn(blocked), copy: 1 }];

  it('the graph has the nodes, and the ports as two more that carry types', () => {
    const view = levelGraph(blocked, level);
    expect(view.nodes.map(({ id }) => id)).toEqual(['$inputs', '$outputs', ...ids]);
    const analysis = levelAnalysis(blocked, analyze(blocked), level);
    expect(view.edges.map((edge) => analysis.edges.has(edgeId(edge)))).toEqual(view.edges.map(() => true));
    const whole = analyze(document);
    for (const id of ids) expect(analysis.nodes.get(id)?.outputs).toEqual(whole.nodes.get(id)?.outputs);
  });

  it('commands change the definition and nothing else', () => {
    const [id = ''] = ids;
    const changed = edited(blocked, editAt(level, setParam(id, 'units', 17)));
    expect(changed.nodes).toBe(blocked.nodes);
    expect(changed.edges).toBe(blocked.edges);
    expect(changed.blocks?.[0]?.nodes.find((node) => node.id === id)?.params.units).toBe(17);
    expect(changed.blocks?.[0]?.inputs).toBe(blocked.blocks?.[0]?.inputs);
    const moved = edited(blocked, editAt(level, moveNodes({ $inputs: { x: -500, y: 4 } })));
    expect(moved.blocks?.[0]?.inputsAt).toEqual({ x: -500, y: 4 });
    expect(moved.blocks?.[0]?.nodes.map((node) => node.id)).toEqual(ids);
  });

  it('a wire to the free port makes a port; without its wires a port stays', () => {
    const [first = ''] = ids;
    const view = levelGraph(blocked, level);
    const own = view.edges.filter(({ from }) => from.node === '$inputs').map(edgeId);
    const cut = edited(blocked, editAt(level, removeEdges(own)));
    expect(cut.blocks?.[0]?.inputs).toMatchObject([{ to: [] }]);
    const again = edited(
      cut,
      editAt(level, connect({ node: '$inputs', port: '$new' }, { node: first, port: 'x' })),
    );
    expect(again.blocks?.[0]?.inputs).toHaveLength(2);
    const output = view.edges.filter(({ to }) => to.node === '$outputs').map(edgeId);
    const open = edited(blocked, editAt(level, removeEdges(output)));
    withCode(analyze(open).problems, 'block-output-empty');
  });

  it('random edits inside keep the document readable, and undo gives back every state', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(5), fc.nat(50), fc.nat(50)), { maxLength: 12 }), (steps) => {
        let history = createHistory(blocked);
        const states = [blocked];
        for (const [what, a, b] of steps) {
          const view = levelGraph(history.document, level);
          const node = view.nodes[a % view.nodes.length];
          const other = view.nodes[b % view.nodes.length];
          const edge = view.edges[a % Math.max(1, view.edges.length)];
          if (!node || !other) continue;
          const command = [
            () => moveNodes({ [node.id]: { x: a, y: b } }),
            () => removeNodes(node.id.startsWith('$') ? [] : [node.id]),
            () => removeEdges(edge ? [edgeId(edge)] : []),
            () => connect({ node: node.id, port: b % 3 ? 'y' : '$new' }, { node: other.id, port: 'x' }),
            () => makeBlock({ ids: [node.id, other.id], title: 'Inner' }),
            () => setParam(node.id, 'units', b + 1),
          ][what]?.();
          const result = command && execute(history, editAt(level, command));
          if (!result?.ok || result.value.document === history.document) continue;
          // Steps that merge are one.
          if (result.value.past.length === history.past.length) states.pop();
          history = result.value;
          states.push(history.document);
          expect(parseDocument(serializeDocument(history.document)).ok).toBe(true);
          expect(() => levelAnalysis(history.document, analyze(history.document), level)).not.toThrow();
        }
        while (history.past.length > 0) {
          expect(history.document).toBe(states.pop());
          history = undo(history);
        }
        expect(history.document).toBe(blocked);
      }),
      { numRuns: 20 },
    );
  });
});

describe('instances of a block', () => {
  const document = template('mlp-mnist');
  const dense = document.nodes.find(({ kind }) => kind === 'dense')?.id ?? '';
  const blocked = edited(document, makeBlock({ ids: [dense], title: 'Part' }));
  const instance = instanceIn(blocked);
  const twin = edited(blocked, duplicateLinked([instance], { x: 0, y: 0 }));
  const copy = instanceIn(twin);

  it('share weights when they are duplicated so, part, and share again', () => {
    const share = (from: GraphDocument, id: string) =>
      from.nodes.find((node) => node.id === id)?.params.shareWith;
    expect(share(twin, copy)).toBe(instance);
    const apart = edited(twin, separateWeights(copy));
    expect(share(apart, copy)).toBeUndefined();
    expect(share(edited(apart, shareWeights([instance, copy])), copy)).toBe(instance);
  });

  it('keep sharing when the one that keeps the weights leaves', () => {
    const three = edited(twin, duplicateLinked([copy], { x: 0, y: 0 }));
    const third = instanceIn(three);
    const left = edited(three, removeNodes([instance]));
    const [owner, other] = [copy, third].map(
      (id) => left.nodes.find((node) => node.id === id)?.params.shareWith,
    );
    expect([owner, other]).toEqual([undefined, copy]);
  });

  it('have a definition of their own once they are independent', () => {
    const free = edited(twin, detachInstance(copy));
    expect(free.blocks).toHaveLength(2);
    const level = [{ instance: copy, copy: 1 }];
    const changed = edited(free, editAt(level, setParam(dense, 'units', 3)));
    expect(changed.blocks?.map(({ nodes }) => nodes[0]?.params.units)).toEqual([
      document.nodes.find(({ id }) => id === dense)?.params.units,
      3,
    ]);
  });

  it('set the parameters that the block lets them set', () => {
    const block = blocked.blocks?.[0]?.id ?? '';
    const open = edited(blocked, exposeParam(block, dense, 'units'), setParam(instance, 'units', 21));
    expect(planOf(open).nodes.find(({ path }) => path === `${instance}/${dense}`)?.params.units).toBe(21);
    const wrong = edited(open, setParam(instance, 'units', -1));
    expect(withCode(analyze(wrong).problems, 'param-out-of-range')).toMatchObject({
      nodeId: instance,
      param: 'units',
      inside: { nodeId: `${instance}/${dense}`, param: 'units' },
    });
    const unpacked = edited(open, unpackBlock(instance));
    expect(unpacked.nodes.find(({ id }) => id === dense)?.params.units).toBe(21);
  });

  it('say once that a wire to them is missing, by their own names, and offer the one that fits', () => {
    const gpt = template('gpt-text');
    const cut = edited(gpt, removeEdges(['positions.y>layers.x']));
    const { problems } = analyze(cut);
    expect(problems.filter(({ nodeId }) => nodeId === 'layers')).toEqual([
      {
        code: 'missing-input',
        severity: 'error',
        nodeId: 'layers',
        port: 'x',
        data: { node: 'Transformer layers', port: 'x' },
      },
    ]);
    const into = blocked.edges.filter(({ to }) => to.node === instance);
    const waiting = edited(blocked, removeEdges(into.map(edgeId)));
    const [wire] = into;
    expect(withCode(analyze(waiting).problems, 'missing-input').fix).toEqual({
      kind: 'connect',
      from: [wire?.from.node, wire?.from.port],
      to: [wire?.to.node, wire?.to.port],
    });
  });

  it('lose the wires to a port that is taken away', () => {
    const block = blocked.blocks?.[0];
    const port = block?.inputs[0]?.id ?? '';

    const without = edited(blocked, removePort({ block: block?.id ?? '', side: 'inputs', port }));
    expect(without.edges.some(({ to }) => to.node === instance)).toBe(false);
  });

  it('show the names, the order and the look that the block is given', () => {
    const id = blocked.blocks?.[0]?.id ?? '';
    const port = (side: PortSide, name: string) => ({ block: id, side, port: name });
    const view = [{ instance, copy: 1 }];
    const two = edited(
      blocked,
      editAt(view, connect({ node: dense, port: 'y' }, { node: '$outputs', port: '$new' })),
    );
    // A port that is drawn has a name of its own, like those that the block was made with.
    expect(two.blocks?.[0]?.outputs.map(({ title }) => title)).toEqual(['features', 'Dense']);
    const [first = '', second = ''] = two.blocks?.[0]?.outputs.map((output) => output.id) ?? [];
    const named = edited(
      two,
      renamePort(port('outputs', second), 'Again'),
      movePort(port('outputs', second), -1),
      changeBlockLook(id, { title: 'Layer', icon: 'layers' }),
    );
    const block = named.blocks?.[0];
    expect(block).toMatchObject({
      title: 'Layer',
      icon: 'layers',
      outputs: [{ id: second, title: 'Again' }, { id: first }],
    });
    expect(edited(named, movePort(port('outputs', second), -1))).toBe(named);
  });

  it('give up what they had set when a parameter is one of the inside again', () => {
    const id = blocked.blocks?.[0]?.id ?? '';
    const open = edited(blocked, exposeParam(id, dense, 'units'), setParam(instance, 'units', 21));
    const named = edited(open, renameBlockParam(id, 'units', 'Width'));
    expect(named.blocks?.[0]?.params).toEqual([{ id: 'units', title: 'Width', node: dense, param: 'units' }]);
    const closed = edited(named, concealParam(id, { id: 'units', param: 'units' }));
    expect(closed.nodes.find((node) => node.id === instance)?.params).toEqual({ block: id, repeat: 1 });
  });

  it('can be added, and taken away with their block', () => {
    const block = blocked.blocks ?? [];
    const id = block[0]?.id ?? '';
    const added = edited(document, addInstance(block, { x: 0, y: 0 }));
    expect(added.blocks).toEqual(block);
    expect(edited(blocked, addInstance(block, { x: 0, y: 0 })).blocks).toEqual(block);
    const used = removeBlock(id).apply(added);
    expect(used.ok).toBe(false);
    expect(edited(added, removeNodes([instanceIn(added)]), removeBlock(id)).blocks).toEqual([]);
  });

  it('come along when they are copied', () => {
    const text = copyFragment(twin, [instance, copy]);
    const fragment = parseFragment(text);
    if (!fragment.ok) throw new Error(fragment.error.code);
    const pasted = edited(document, paste(fragment.value, { x: 0, y: 0 }));
    const [a, b] = pasted.nodes.filter(({ kind }) => kind === 'block');
    expect(pasted.blocks).toEqual(twin.blocks);
    expect(b?.params.shareWith).toBe(a?.id);
  });
});
