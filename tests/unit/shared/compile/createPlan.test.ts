import { describe, expect, it } from 'vitest';
import { analyze } from '#shared/compile/analyze.ts';
import { blockingProblems } from '#shared/compile/blockingProblems.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import { addNode, connect, removeNodes } from '#shared/graph/commands.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import type { JsonValue } from '#shared/protocol/json.ts';
import { edited, network, template } from '../networks.ts';

const cnn = template('cnn-mnist');

function plan(document: typeof cnn) {
  const result = createPlan(document);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

describe('createPlan', () => {
  it('orders nodes after what feeds them, with scope, prediction and data', () => {
    const made = plan({ ...cnn, nodes: cnn.nodes.toReversed() });
    const place = new Map(made.nodes.map(({ path }, index) => [path, index]));
    for (const node of made.nodes) {
      for (const { path } of Object.values(node.inputs).flat()) {
        expect(place.get(path)).toBeLessThan(place.get(node.path) ?? -1);
      }
    }
    expect(made.optimizers).toMatchObject([
      { path: 'adam', kind: 'adam', loss: { path: 'loss', port: 'loss' } },
    ]);
    expect(made.optimizers[0]?.scope).toEqual(['conv2d-1', 'conv2d-2', 'dense-1', 'logits']);
    expect(made.predictions).toMatchObject([
      {
        lossPath: 'loss',
        value: { path: 'logits', port: 'y' },
        target: { path: 'mnist', port: 'label' },
        activation: 'softmax',
      },
    ]);
    expect(made.datasets[0]?.facts.splits).toEqual({ train: 55_000, validation: 5_000, test: 10_000 });
    expect(made.metrics).toEqual(['accuracy']);
    expect(made.training).toBe(cnn.training);
  });

  it('leaves out what no loss depends on, with its errors', () => {
    const aside = edited(
      cnn,
      addNode({ kind: 'dense', position: { x: 0, y: 0 }, id: 'aside' }),
      connect({ node: 'conv2d-1', port: 'y' }, { node: 'aside', port: 'x' }),
    );
    expect(plan(aside).nodes.some(({ path }) => path === 'aside')).toBe(false);
    // What the window asks before it lets a person train.
    const analysis = analyze(aside);
    expect(analysis.problems.some(({ severity, nodeId }) => severity === 'error' && nodeId === 'aside')).toBe(
      true,
    );
    expect(blockingProblems(analysis)).toEqual([]);
  });

  it('keeps the order of wires into a port that takes several', () => {
    const joined = network(
      {
        mnist: undefined,
        flatten: undefined,
        'a:dense': { units: 3 },
        'b:dense': { units: 4 },
        'join:concatenate': undefined,
        'out:dense': { units: 10 },
        'loss:softmax-cross-entropy': undefined,
        sgd: undefined,
      },
      [
        'mnist.image > flatten.x',
        'flatten.y > a.x',
        'flatten.y > b.x',
        'b.y > join.values',
        'a.y > join.values',
        'join.y > out.x',
        'out.y > loss.logits',
        'mnist.label > loss.labels',
        'loss.loss > sgd.loss',
      ],
    );
    const join = plan(joined).nodes.find(({ path }) => path === 'join');
    expect(join?.inputs.values).toEqual([
      { path: 'b', port: 'y' },
      { path: 'a', port: 'y' },
    ]);
    expect(join?.outputTypes.y).toMatchObject({ shape: ['B', 7] });
  });

  it.each([
    ['mnist', 'no-dataset'],
    ['loss', 'no-loss'],
    ['adam', 'no-optimizer'],
  ])('without %s fails with %s', (id, code) => {
    const result = createPlan(edited(cnn, removeNodes([id])));
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.error.map((problem) => problem.code)).toContain(code);
  });

  it.each([
    ['batch-above-data', 63],
    ['nothing-to-train-on', 0],
  ])('is refused with %s where the data are too few', (code, train) => {
    const known = plan(cnn).datasets[0]?.facts;
    if (!known) throw new Error('no facts');
    const facts = { mnist: { ...known, splits: { train, validation: 10, test: 10 } } };
    expect(cnn.training.batchSize).toBe(64);
    expect(createPlan(cnn, facts)).toMatchObject({ ok: false, error: [{ code, nodeId: 'mnist' }] });
  });

  it('needs something to train', () => {
    const idle = network(
      {
        mnist: undefined,
        flatten: undefined,
        'loss:softmax-cross-entropy': undefined,
        adam: undefined,
        'pool:average-pool2d': { poolSize: [28, 2], strides: [28, 3], padding: 'same' },
      },
      [
        'mnist.image > pool.x',
        'pool.y > flatten.x',
        'flatten.y > loss.logits',
        'mnist.label > loss.labels',
        'loss.loss > adam.loss',
      ],
    );
    const result = createPlan(idle);
    expect(result).toMatchObject({ ok: false, error: [{ code: 'nothing-to-train', nodeId: 'adam' }] });
  });

  describe('an optimiser', () => {
    const optimizerId = 'adam';
    const withOptimizer = (
      params: Record<string, JsonValue>,
      frozen: readonly string[] = [],
    ): GraphDocument => ({
      ...cnn,
      nodes: cnn.nodes.map((node) => ({
        ...node,
        frozen: frozen.includes(node.id),
        ...(node.id === optimizerId && { params: { ...node.params, ...params } }),
      })),
    });
    const weighted = plan(cnn).optimizers[0]?.scope ?? [];

    it('trains what it names of all that its loss depends on', () => {
      const [first = '', second = ''] = weighted;
      expect(plan(withOptimizer({ scope: [second, first] })).optimizers[0]?.scope).toEqual([first, second]);
    });

    it('trains nothing that is frozen', () => {
      const [first = '', ...rest] = weighted;
      expect(plan(withOptimizer({}, [first])).optimizers[0]?.scope).toEqual(rest);
      expect(plan(withOptimizer({}, [first])).nodes.find(({ path }) => path === first)?.frozen).toBe(true);
    });

    it.each([
      ['scope-unknown', { scope: ['nobody'] }, []],
      ['scope-not-upstream', { scope: ['accuracy'] }, []],
      ['all-frozen', {}, weighted],
      ['all-frozen', { scope: ['flatten'] }, []],
    ])('is refused with %s', (code, params, frozen) => {
      const result = createPlan(withOptimizer(params, frozen));
      expect(result).toMatchObject({ ok: false, error: [{ code, nodeId: optimizerId }] });
    });
  });

  it('counts a loss that another loss consumes only once', () => {
    const summed = network(
      {
        mnist: undefined,
        flatten: undefined,
        'a:dense': { units: 10 },
        'inner:softmax-cross-entropy': undefined,
        'sum:weighted-loss': undefined,
        adam: undefined,
      },
      [
        'mnist.image > flatten.x',
        'flatten.y > a.x',
        'a.y > inner.logits',
        'mnist.label > inner.labels',
        'inner.loss > sum.losses',
        'sum.loss > adam.loss',
      ],
    );
    expect(plan(summed).losses).toEqual(['sum']);
  });
});
