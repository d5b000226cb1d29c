import { expect, it } from 'vitest';
import { analyze } from '#shared/compile/analyze.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import { connect, findRepetition, foldRepetition, unpackBlock } from '#shared/graph/commands.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import { edited, network } from '../networks.ts';

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
