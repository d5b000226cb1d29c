import { describe, expect, it } from 'vitest';
import { analyze } from '#shared/compile/analyze.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import { graphDocumentSchema } from '#shared/graph/document.ts';

type Wire = readonly [from: string, to: string];

function document(kinds: Readonly<Record<string, [string, object?]>>, wires: readonly Wire[]) {
  return graphDocumentSchema.parse({
    format: 'neuroloom',
    version: 1,
    name: 'test',
    nodes: Object.entries(kinds).map(([id, [kind, params = {}]]) => ({
      id,
      kind,
      params,
      position: { x: 0, y: 0 },
    })),
    edges: wires.map(([from, to]) => {
      const [source, output] = from.split('.');
      const [target, input] = to.split('.');
      return { from: { node: source, port: output }, to: { node: target, port: input } };
    }),
    training: {},
  });
}

const classifier: Readonly<Record<string, [string, object?]>> = {
  data: ['mnist'],
  flat: ['flatten'],
  logits: ['dense', { units: 10 }],
  loss: ['softmax-cross-entropy'],
  adam: ['adam'],
};
const wires: readonly Wire[] = [
  ['data.image', 'flat.x'],
  ['flat.y', 'logits.x'],
  ['logits.y', 'loss.logits'],
  ['data.label', 'loss.labels'],
];

describe('a weighted sum of losses', () => {
  const graph = document(
    { ...classifier, sparse: ['activity-regularization'], total: ['weighted-loss', { weights: [1, 0.1] }] },
    [
      ...wires,
      ['logits.y', 'sparse.x'],
      ['loss.loss', 'total.losses'],
      ['sparse.loss', 'total.losses'],
      ['total.loss', 'adam.loss'],
    ],
  );

  it('is reported once and trains its parts', () => {
    const plan = createPlan(graph);
    expect(plan.ok && plan.value.losses).toEqual(['total']);
    expect(analyze(graph).problems).toEqual([]);
  });
});

describe('an output that the settings do not give', () => {
  it('is a problem at the wire that takes it', () => {
    const graph = document({ ...classifier, split: ['split'] }, [
      ['data.image', 'flat.x'],
      ['flat.y', 'split.x'],
      ['split.part3', 'logits.x'],
      ...wires.slice(2),
      ['loss.loss', 'adam.loss'],
    ]);
    expect(analyze(graph).problems).toMatchObject([
      {
        code: 'output-unavailable',
        nodeId: 'logits',
        port: 'x',
        data: { output: 'third', given: '“first”, “second”' },
      },
    ]);
  });
});
