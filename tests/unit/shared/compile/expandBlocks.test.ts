import { describe, expect, it } from 'vitest';
import { analyze } from '#shared/compile/analyze.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import { type GraphDocument, graphDocumentSchema } from '#shared/graph/document.ts';
import { parseDocument } from '#shared/graph/parseDocument.ts';
import { serializeDocument } from '#shared/graph/serializeDocument.ts';

const at = (text: string) => {
  const [node, port] = text.split('.');
  return { node, port };
};
const wires = (list: readonly string[]) =>
  list.map((wire) => {
    const [from = '', to = ''] = wire.split(' > ');
    return { from: at(from), to: at(to) };
  });
const node = (id: string, kind: string, params: object = {}) => ({
  id,
  kind,
  params,
  position: { x: 0, y: 0 },
});

const layer = {
  id: 'layer',
  title: 'Layer',
  nodes: [node('dense', 'dense', { units: 784, activation: 'relu' }), node('drop', 'dropout', { rate: 0.1 })],
  edges: wires(['dense.y > drop.x']),
  inputs: [{ id: 'x', to: [at('dense.x')] }],
  outputs: [{ id: 'y', from: at('drop.y') }],
};

function network(
  instances: readonly object[],
  between: readonly string[],
  blocks: readonly object[] = [layer],
) {
  return graphDocumentSchema.parse({
    format: 'neuroloom',
    version: 1,
    name: 'blocks',
    nodes: [
      node('mnist', 'mnist'),
      node('flatten', 'flatten'),
      ...instances,
      node('logits', 'dense', { units: 10 }),
      node('loss', 'softmax-cross-entropy'),
      node('adam', 'adam'),
    ],
    edges: wires([
      'mnist.image > flatten.x',
      ...between,
      'logits.y > loss.logits',
      'mnist.label > loss.labels',
      'loss.loss > adam.loss',
    ]),
    blocks,
  });
}

const planOf = (document: GraphDocument) => {
  const plan = createPlan(document);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return plan.value;
};
const line = ['flatten.y > a.x', 'a.y > logits.x'];
const inRow = ['flatten.y > a.x', 'a.y > b.x', 'b.y > logits.x'];

describe('an instance of a block', () => {
  it('is replaced by its nodes, named by the path to them', () => {
    const plan = planOf(network([node('a', 'block', { block: 'layer' })], line));
    expect(plan.nodes.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['a/dense', 'a/drop', 'logits']),
    );
    const dense = plan.nodes.find(({ path }) => path === 'a/dense');
    expect(dense).toMatchObject({ nodeId: 'a', inputs: { x: [{ path: 'flatten', port: 'y' }] } });
    expect(plan.nodes.find(({ path }) => path === 'logits')?.inputs.x).toEqual([
      { path: 'a/drop', port: 'y' },
    ]);
  });

  it('has types at its ports and the sum of what is inside', () => {
    const document = network([node('a', 'block', { block: 'layer' })], line);
    const { nodes, edges, problems, totals } = analyze(document);
    expect(problems).toEqual([]);
    expect(nodes.get('a')).toMatchObject({
      inputs: { x: [{ shape: ['B', 784] }] },
      outputs: { y: { shape: ['B', 784] } },
      parameterCount: 784 * 785,
    });
    expect(edges.get('flatten.y>a.x')).toMatchObject({ shape: ['B', 784] });
    expect(edges.get('a.y>logits.x')).toMatchObject({ shape: ['B', 784] });
    expect(totals.parameters).toBe(784 * 785 + 785 * 10);
  });

  it('repeats in a row, each copy with weights of its own', () => {
    const plan = planOf(network([node('a', 'block', { block: 'layer', repeat: 3 })], line));
    const dense = plan.nodes.filter(({ path }) => path.endsWith('/dense'));
    expect(dense.map(({ path, weightsPath }) => [path, weightsPath])).toEqual(
      [1, 2, 3].map((copy) => [`a/${copy}/dense`, `a/${copy}/dense`]),
    );
    expect(dense[2]?.inputs.x).toEqual([{ path: 'a/2/drop', port: 'y' }]);
  });

  it('uses the weights of another instance, which are counted once', () => {
    const instances = [
      node('a', 'block', { block: 'layer' }),
      node('b', 'block', { block: 'layer', shareWith: 'a' }),
    ];
    const document = network(instances, inRow);
    const shared = planOf(document).nodes.find(({ path }) => path === 'b/dense');
    expect(shared?.weightsPath).toBe('a/dense');
    expect(analyze(document).totals.parameters).toBe(784 * 785 + 785 * 10);
  });

  it('keeps the weights itself where their owner takes no part', () => {
    const instances = [
      node('a', 'block', { block: 'layer' }),
      node('b', 'block', { block: 'layer', shareWith: 'a' }),
    ];
    const plan = planOf(network(instances, ['flatten.y > b.x', 'b.y > logits.x']));
    expect(plan.nodes.find(({ path }) => path === 'b/dense')?.weightsPath).toBe('b/dense');
  });

  it('may hold other blocks', () => {
    const outer = {
      id: 'pair',
      nodes: [
        node('one', 'block', { block: 'layer' }),
        node('two', 'block', { block: 'layer', shareWith: 'one' }),
      ],
      edges: wires(['one.y > two.x']),
      inputs: [{ id: 'x', to: [at('one.x')] }],
      outputs: [{ id: 'y', from: at('two.y') }],
    };
    const plan = planOf(network([node('a', 'block', { block: 'pair' })], line, [layer, outer]));
    expect(plan.nodes.find(({ path }) => path === 'a/two/dense')?.weightsPath).toBe('a/one/dense');
  });

  it('survives being written and read', () => {
    const document = network([node('a', 'block', { block: 'layer', repeat: 2 })], line);
    const read = parseDocument(serializeDocument(document));
    expect(read).toEqual({ ok: true, value: document });
  });
});

describe('a problem inside a block', () => {
  const problemsOf = (instance: object, blocks?: readonly object[]) =>
    analyze(network([instance], line, blocks)).problems.filter(({ severity }) => severity === 'error');

  it('stands on the instance and names the node within', () => {
    const flat = { ...layer, nodes: [node('dense', 'dense', { units: -1 }), node('drop', 'dropout')] };
    expect(problemsOf(node('a', 'block', { block: 'layer' }), [flat])[0]).toMatchObject({
      code: 'param-out-of-range',
      nodeId: 'a',
      data: { node: 'Layer › Dense' },
    });
  });

  it('names the port of the block where an input is missing', () => {
    const { problems } = analyze(
      network([node('a', 'block', { block: 'layer' })], ['flatten.y > logits.x', 'a.y > logits.x']),
    );
    expect(problems).toContainEqual(
      expect.objectContaining({ code: 'missing-input', nodeId: 'a', port: 'x' }),
    );
  });

  it('tells a block that is not there, contains itself, or cannot share', () => {
    const self = { ...layer, nodes: [...layer.nodes, node('again', 'block', { block: 'layer' })] };
    expect(problemsOf(node('a', 'block', { block: 'nothing' }))[0]?.code).toBe('block-unknown');
    expect(problemsOf(node('a', 'block', { block: 'layer' }), [self])[0]?.code).toBe('block-inside-itself');
    expect(problemsOf(node('a', 'block', { block: 'layer', shareWith: 'logits' }))[0]?.code).toBe(
      'block-share-mismatch',
    );
    expect(problemsOf(node('a', 'block', { block: 'layer', repeat: 0 }))[0]).toMatchObject({
      code: 'param-invalid',
      param: 'repeat',
    });
  });

  it('says which weight two instances cannot share', () => {
    const small = { ...layer, nodes: [node('dense', 'dense', { units: 5 }), node('drop', 'dropout')] };
    const instances = [
      node('a', 'block', { block: 'layer' }),
      node('b', 'block', { block: 'layer', shareWith: 'a' }),
    ];
    expect(analyze(network(instances, inRow, [small])).problems).toContainEqual(
      expect.objectContaining({
        code: 'shared-weights-differ',
        nodeId: 'b',
        data: expect.objectContaining({ expected: '784×5', received: '5×5' }),
      }),
    );
  });
});
