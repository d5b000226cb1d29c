import { expect, it } from 'vitest';
import { analyze } from '#shared/compile/analyze.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import { connect, findRepetition, foldRepetition, setParam, unpackBlock } from '#shared/graph/commands.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import { edited, network, template } from '../networks.ts';

const layers = [1, 2, 3, 4].flatMap((number) => [`dense-${number}:dense`, `drop-${number}:dropout`]);
const line = ['flatten', ...layers.map((layer) => layer.split(':')[0] ?? ''), 'logits'];
const deep = (change: Readonly<Record<string, object>> = {}): GraphDocument =>
  network(
    {
      mnist: {},
      flatten: {},
      ...Object.fromEntries(
        layers.map((layer) => [layer, layer.startsWith('dense') ? { units: 784 } : { rate: 0.25 }]),
      ),
      'logits:dense': { units: 10 },
      'loss:softmax-cross-entropy': {},
      'adam:adam': {},
      ...change,
    },
    [
      'mnist.image > flatten.x',
      ...line.slice(1).map((to, at) => `${line[at]}.y > ${to}.x`),
      'logits.y > loss.logits',
      'mnist.label > loss.labels',
      'loss.loss > adam.loss',
    ],
  );

/** Kinds and shapes along the plan, and the count of its numbers. */
function measure(document: GraphDocument) {
  const plan = createPlan(document);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  const { totals } = analyze(document);
  return {
    totals,
    nodes: plan.value.nodes.map(({ kind, inputTypes, outputTypes, weights }) => [
      kind,
      inputTypes,
      outputTypes,
      weights,
    ]),
  };
}

it('a row of nodes that comes several times is folded into one block, repeated as often', () => {
  const document = deep();
  const found = findRepetition(document);
  expect(found?.copies).toEqual([1, 2, 3, 4].map((number) => [`dense-${number}`, `drop-${number}`]));
  if (!found) throw new Error('nothing found');
  const folded = edited(document, foldRepetition(found, 'Layer'));
  const instance = folded.nodes.find(({ kind }) => kind === 'block');
  expect(instance?.params.repeat).toBe(4);
  expect(folded.nodes).toHaveLength(document.nodes.length - 7);
  expect(measure(folded)).toEqual(measure(document));
  expect(measure(edited(folded, unpackBlock(instance?.id ?? '')))).toEqual(measure(document));
});

it('the last copy is folded too where nothing follows it yet', () => {
  const whole = deep();
  const open = { ...whole, edges: whole.edges.filter(({ to }) => to.node !== 'logits') };
  const found = findRepetition(open);
  expect(found?.copies).toEqual([1, 2, 3, 4].map((number) => [`dense-${number}`, `drop-${number}`]));
  if (!found) throw new Error('nothing found');
  const folded = edited(open, foldRepetition(found, 'Layer'));
  const { id = '' } = folded.nodes.find(({ kind }) => kind === 'block') ?? {};
  // Its port is there to go on from.
  const wired = edited(folded, connect({ node: id, port: 'y' }, { node: 'logits', port: 'x' }));
  expect(measure(wired)).toEqual(measure(whole));
});

it('only what is alike repeats: another parameter, or a wire that leaves the row, ends it', () => {
  const other = deep({ 'dense-3:dense': { units: 784, activation: 'relu' } });
  expect(findRepetition(other)?.copies).toEqual([
    ['dense-1', 'drop-1'],
    ['dense-2', 'drop-2'],
  ]);
  const document = deep();
  const tapped = {
    ...document,
    edges: [...document.edges, { from: { node: 'drop-2', port: 'y' }, to: { node: 'logits', port: 'x' } }],
  };
  expect(findRepetition(tapped)?.copies).toHaveLength(2);
  expect(findRepetition(network({ mnist: {}, flatten: {} }, ['mnist.image > flatten.x']))).toBeUndefined();
});

/** The document with everything that repeats folded, and how often each was repeated. */
function foldAll(document: GraphDocument): { folded: GraphDocument; counts: number[] } {
  let folded = document;
  const counts: number[] = [];
  for (let found = findRepetition(folded); found; found = findRepetition(folded)) {
    counts.push(found.copies.length);
    folded = edited(folded, foldRepetition(found, 'Layer'));
  }
  return { folded, counts: counts.toSorted() };
}

it.each([
  ['gpt-text', ['layers'], [4]],
  ['vit-mnist', ['layers'], [3]],
  // The decoder's layers each take what the encoder gives.
  ['dates-transformer', ['encoder', 'decoder'], [2, 2]],
  ['cnn-residual', ['stage-1', 'stage-2'], [2, 2]],
])('layers with branches of their own are found again once unpacked: %s', (id, instances, repeats) => {
  const document = template(id);
  const unpacked = edited(document, ...instances.map((instance) => unpackBlock(instance)));
  const { folded, counts } = foldAll(unpacked);
  expect(counts).toEqual(repeats);
  expect(folded.nodes).toHaveLength(document.nodes.length);
  expect(measure(folded)).toEqual(measure(document));
});

it('copies that an optimiser trains, but not all of them, are left; those that it trains alike are folded', () => {
  const scoped = (scope: readonly string[]): GraphDocument =>
    edited(deep(), setParam('adam', 'scope', [...scope]));
  expect(findRepetition(scoped(['dense-1', 'logits']))?.copies.flat()).not.toContain('dense-1');
  const document = scoped(['dense-1', 'dense-2', 'dense-3', 'dense-4']);
  const { folded, counts } = foldAll(document);
  expect(counts).toEqual([4]);
  expect(measure(folded)).toEqual(measure(document));
});

it('unpacking pushes what stands behind the block aside, and a frame around it grows', () => {
  const document = template('gpt-text');
  const before = new Map(document.nodes.map(({ id, position }) => [id, position]));
  const [layers, norm] = [before.get('layers'), before.get('norm')];
  if (!layers || !norm) throw new Error('other ids');
  const frame = { id: 'f', title: '', color: 'neutral' as const, size: { width: 300, height: 200 } };
  const unpacked = edited(
    { ...document, frames: [{ ...frame, position: { x: layers.x - 20, y: layers.y - 40 } }] },
    unpackBlock('layers'),
  );
  const added = unpacked.nodes.filter(({ id }) => !before.has(id)).map(({ position }) => position.x);
  const after = new Map(unpacked.nodes.map(({ id, position }) => [id, position]));
  expect(Math.min(...added)).toBe(layers.x);
  expect(after.get('positions')).toEqual(before.get('positions'));
  expect(after.get('norm')?.x).toBeGreaterThan(Math.max(...added) + 200);
  const moved = (after.get('norm')?.x ?? 0) - norm.x;
  expect(unpacked.frames?.[0]?.size.width).toBe(300 + moved);

  const { folded } = foldAll(unpacked);
  const way = (folded.nodes.find(({ id }) => id === 'norm')?.position.x ?? 0) - norm.x;
  // What one copy takes is left: the block stands in the middle of it.
  expect(way).toBeGreaterThan(0);
  expect(way).toBeLessThan(moved / 4);
});
