import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyze } from '#shared/compile/analyze.ts';
import { applyFix, moveNodes, removeNodes, setParam, setTraining } from '#shared/graph/commands.ts';
import { checkpointsSchema, type GraphDocument } from '#shared/graph/document.ts';
import { parseDocument } from '#shared/graph/parseDocument.ts';
import { serializeDocument } from '#shared/graph/serializeDocument.ts';
import { nodeDefinitions } from '#shared/nodes/registry.ts';
import { formatType } from '#shared/types/portType.ts';
import { edited, network, template, withCode } from '../networks.ts';

const cnn = template('cnn-mnist');

describe('analyze', () => {
  it('gives the type on every wire and the cost of every node', () => {
    const { edges, nodes, totals, problems, unused } = analyze(cnn);
    expect(problems).toEqual([]);
    expect(unused.size).toBe(0);
    const types = Object.fromEntries([...edges].map(([id, type]) => [id, formatType(type)]));
    expect(types['max-pool2d-2.y>flatten.x']).toBe('B×7×7×64');
    expect(types['loss.loss>adam.loss']).toBe('loss');
    expect(nodes.get('conv2d-1')).toMatchObject({ parameterCount: 320, flops: 28 * 28 * 32 * 19 });
    expect(totals.parameters).toBe(320 + 18_496 + 401_536 + 1_290);
  });

  it('shows both shapes and offers to insert a Flatten', () => {
    const graph = network({ mnist: undefined, 'd:dense': undefined }, ['mnist.image > d.x']);
    const problem = withCode(analyze(graph).problems, 'needs-flat-input');
    expect(problem).toMatchObject({
      severity: 'error',
      nodeId: 'd',
      port: 'x',
      edgeId: 'mnist.image>d.x',
      relatedNodeIds: ['mnist'],
      data: { expected: 'B×N', received: 'B×28×28×1', node: 'Dense' },
    });
    const fix = problem.fix;
    if (!fix) throw new Error('no fix');
    const codes = analyze(edited(graph, applyFix(fix))).problems.map(({ code }) => code);
    expect(codes).toEqual(['no-loss']);
  });

  it('goes on past an error: several problems at once', () => {
    const graph = edited(
      cnn,
      removeNodes(['flatten', 'adam']),
      setParam('conv2d-1', 'filters', 0),
      setParam('logits', 'units', 7),
    );
    const codes = analyze(graph).problems.map(({ code, nodeId }) => `${code} ${nodeId ?? ''}`);
    expect(codes).toEqual(
      expect.arrayContaining(['param-out-of-range conv2d-1', 'missing-input dense-1', 'no-optimizer loss']),
    );
    expect(codes).toContain('not-used max-pool2d-2');
    expect(codes.length).toBe(4);
  });

  it('names the members of a cycle and breaks it by the wire drawn last', () => {
    const graph = network({ 'a:dense': undefined, 'b:activation': undefined, 'c:dropout': undefined }, [
      'a.y > b.x',
      'b.y > c.x',
      'c.y > a.x',
    ]);
    const problem = withCode(analyze(graph).problems, 'cycle');
    expect(problem.fix).toEqual({ kind: 'remove-edge', edgeId: 'c.y>a.x' });
    expect([problem.nodeId, ...(problem.relatedNodeIds ?? [])].toSorted()).toEqual(['a', 'b', 'c']);
    expect(problem.data.members).toBe('Activation → Dropout → Dense → Activation');
  });

  it('reports each of two separate cycles once', () => {
    const graph = network(
      {
        'a:activation': undefined,
        'b:dropout': undefined,
        'c:activation': undefined,
        'd:dropout': undefined,
      },
      ['a.y > b.x', 'b.y > a.x', 'c.y > d.x', 'd.y > c.x'],
    );
    expect(analyze(graph).problems.filter(({ code }) => code === 'cycle').length).toBe(2);
  });

  it.each([
    [10 ** 12, 'param-out-of-range'],
    ['many', 'param-invalid'],
    [2.5, 'param-invalid'],
    [-1, 'param-out-of-range'],
  ])('says what is wrong with %s units, with the limits', (units, code) => {
    const problem = withCode(analyze(edited(cnn, setParam('dense-1', 'units', units))).problems, code);
    expect(problem).toMatchObject({
      nodeId: 'dense-1',
      param: 'units',
      fix: { kind: 'set-param', value: 64 },
    });
    if (code === 'param-out-of-range')
      expect(problem.data).toMatchObject({ min: 1, max: 1_000_000, node: 'Dense' });
  });

  it('refuses sizes that no machine holds, without taking memory', () => {
    const wide = edited(cnn, setParam('dense-1', 'units', 1_000_000));
    expect(withCode(analyze(wide).problems, 'weight-too-large')).toMatchObject({ nodeId: 'dense-1' });
    const tower = network(
      {
        mnist: undefined,
        flatten: undefined,
        'a:dense': { units: 40_000 },
        'b:dense': { units: 40_000 },
        'c:dense': { units: 40_000 },
      },
      ['mnist.image > flatten.x', 'flatten.y > a.x', 'a.y > b.x', 'b.y > c.x'],
    );
    expect(withCode(analyze(tower).problems, 'model-too-large').data).toMatchObject({ limit: 8 });
    const crowd = edited(cnn, setTraining({ batchSize: 65_536 }), setParam('conv2d-1', 'filters', 512));
    const overflow = { nodeId: 'conv2d-1', data: { received: 'B×28×28×512', count: 28 * 28 * 512 * 65_536 } };
    expect(withCode(analyze(crowd).problems, 'batch-overflows')).toMatchObject(overflow);
    const layers = Array.from({ length: 12 }, (_, index) => `c${index}`);
    const deep = network(
      {
        mnist: undefined,
        ...Object.fromEntries(layers.map((id) => [`${id}:conv2d`, { filters: 250 }])),
      },
      layers.map((id, index) => `${index === 0 ? 'mnist.image' : `c${index - 1}.y`} > ${id}.x`),
    );
    const many = { ...deep, training: { ...deep.training, batchSize: 8192 } };
    expect(withCode(analyze(many).problems, 'batch-too-large').data).toMatchObject({ limit: 64 });
  });

  it('says of one size that is too much once where it begins, and nothing of what only hands it on', () => {
    const sizes = (document: GraphDocument) =>
      analyze(document)
        .problems.filter(({ code }) => /too-large|overflows/.test(code))
        .map(({ code, nodeId }) => `${nodeId}: ${code}`);
    const grown = {
      'up:up-sampling': { factor: 32 },
      'more:up-sampling': { factor: 32 },
      flatten: undefined,
    };
    const wires = ['up.y > more.x', 'more.y > flatten.x'];
    const inBatches = network({ mnist: undefined, ...grown }, ['mnist.image > up.x', ...wires]);
    expect(sizes(inBatches)).toEqual(['more: batch-overflows']);
    const alone = network(
      { mnist: undefined, 'first:up-sampling': { factor: 32 }, ...grown, 'dense:dense': { units: 10 } },
      ['mnist.image > first.x', 'first.y > up.x', ...wires, 'flatten.y > dense.x'],
    );
    expect(sizes(alone)).toEqual(['up: batch-overflows', 'more: output-too-large']);
  });

  it('judges what a node makes inside as it does what it gives', () => {
    const picked = network(
      { mnist: undefined, flatten: undefined, 'wide:dense': { units: 1_000_000 }, 'k:top-k': { k: 10_000 } },
      ['mnist.image > flatten.x', 'flatten.y > wide.x', 'wide.y > k.x'],
    );
    expect(withCode(analyze(picked).problems, 'output-too-large')).toMatchObject({
      nodeId: 'k',
      data: { inside: true, received: 'B×10000×1000000' },
    });
    const some = withCode(analyze(edited(picked, setParam('k', 'k', 1000))).problems, 'batch-overflows');
    expect(some).toMatchObject({ nodeId: 'k', data: { inside: true, received: 'B×1000×1000000' } });
  });

  it('judges a kernel by what its dilation makes of it', () => {
    const spread = network(
      { mnist: undefined, 'c:conv2d': { kernelSize: [255, 255], dilations: [255, 255] } },
      ['mnist.image > c.x'],
    );
    expect(withCode(analyze(spread).problems, 'kernel-spread-too-large')).toMatchObject({
      nodeId: 'c',
      param: 'dilations',
      fix: { kind: 'set-param', value: [1, 1] },
    });
  });

  it('refuses tables with fewer rows than the data has numbers', () => {
    const embedded = (vocabulary: number) =>
      analyze(network({ mnist: undefined, 'e:embedding': { vocabulary } }, ['mnist.label > e.x'])).problems;
    expect(withCode(embedded(9), 'vocabulary-too-small')).toMatchObject({
      nodeId: 'e',
      data: { known: 10, given: 9 },
      fix: { kind: 'set-param', param: 'vocabulary', value: 0 },
    });
    // Its weights are not known yet: that they are missing is not said besides.
    const trained = network(
      {
        mnist: undefined,
        'e:embedding': { vocabulary: 9 },
        'error:mean-absolute-error': undefined,
        adam: undefined,
      },
      ['mnist.label > e.x', 'e.y > error.prediction', 'e.y > error.target', 'error.loss > adam.loss'],
    );
    expect(analyze(trained).problems.map(({ code }) => code)).toEqual(['vocabulary-too-small']);
    for (const enough of [0, 10, 12]) {
      expect(embedded(enough).map(({ code }) => code)).not.toContain('vocabulary-too-small');
    }
    const rows = { 'rows:learnable-parameter': { shape: [9, 2] }, 'g:gather': { table: 'shared' } };
    const picked = network({ mnist: undefined, ...rows }, ['rows.y > g.x', 'mnist.label > g.indices']);
    expect(withCode(analyze(picked).problems, 'rows-too-few')).toMatchObject({
      nodeId: 'g',
      data: { expected: '10×2', received: '9×2' },
    });
  });

  it('refuses one number where there must be samples, and half of what tells graphs apart', () => {
    const one = { mnist: undefined, 'one:learnable-parameter': { shape: [] } };
    for (const kind of ['noise', 'diffusion-noise']) {
      const port = kind === 'noise' ? 'like' : 'x';
      const { problems } = analyze(network({ ...one, [`n:${kind}`]: undefined }, [`one.y > n.${port}`]));
      expect(withCode(problems, 'needs-shape')).toMatchObject({ nodeId: 'n', port });
    }
    const softmax = network({ ...one, 'n:activation': { activation: 'softmax' } }, ['one.y > n.x']);
    expect(withCode(analyze(softmax).problems, 'needs-shape')).toMatchObject({ nodeId: 'n', port: 'x' });
    const motifs = { 'graphs:graph-motifs': undefined, 'r:graph-readout': undefined };
    const half = network(motifs, ['graphs.nodes > r.x', 'graphs.graphs > r.graphs']);
    expect(withCode(analyze(half).problems, 'graphs-half-told')).toMatchObject({ nodeId: 'r', port: 'like' });
  });

  it('points at what is wrong in a formula that nothing is wired to yet', () => {
    const loose = network({ mnist: undefined, 'f:expression': { formula: 'a + #' } }, []);
    expect(withCode(analyze(loose).problems, 'expression-unreadable')).toMatchObject({
      nodeId: 'f',
      param: 'formula',
      data: { at: 5, found: '#' },
    });
    const infinite = network({ mnist: undefined, 'f:expression': { formula: 'a + 1/0' } }, [
      'mnist.image > f.a',
    ]);
    expect(withCode(analyze(infinite).problems, 'expression-not-finite')).toMatchObject({
      nodeId: 'f',
      param: 'formula',
      data: { at: 6, found: '/', byZero: true },
    });
  });

  it('warns of settings that it does not know, wherever they stand, and keeps them', () => {
    const document = template('gpt-text');
    const instance = document.nodes.find(({ kind }) => kind === 'block')?.id ?? '';
    const odd = edited(document, setParam(instance, 'haeds', 2), setParam('adam', 'learnigRate', 1));
    const training = {
      ...odd.training,
      batchsize: 7,
      checkpoints: { ...checkpointsSchema.parse({}), everyStep: 3 },
    };
    const read = parseDocument(serializeDocument({ ...odd, training }));
    if (!read.ok) throw new Error('unreadable');
    expect(read.value.training).toMatchObject({ batchsize: 7, checkpoints: { everyStep: 3 } });
    const { problems } = analyze(read.value);
    const found = problems.map(({ code, severity, nodeId, data }) => [
      code,
      severity,
      nodeId,
      data.param ?? data.setting,
    ]);
    expect(found.toSorted()).toEqual([
      ['param-unknown', 'warning', 'adam', 'learnigRate'],
      ['param-unknown', 'warning', instance, 'haeds'],
      ['training-setting-unknown', 'warning', undefined, 'batchsize'],
      ['training-setting-unknown', 'warning', undefined, 'checkpoints.everyStep'],
    ]);
  });

  it('counts every step of a sequence that stands in the batch', () => {
    const cost = (through: boolean) => {
      const wires = through ? ['mnist.image > apart.x', 'apart.y > reshape.x'] : ['mnist.image > reshape.x'];
      const nodes = {
        mnist: undefined,
        ...(through && { 'apart:time-to-batch': undefined }),
        reshape: { shape: through ? [28] : [784] },
        'd:dense': { units: 8 },
      };
      return analyze(network(nodes, [...wires, 'reshape.y > d.x'])).nodes.get('d');
    };
    expect(formatType(cost(true)?.outputs.y ?? { type: 'loss' })).toBe('B·28×8');
    expect(cost(true)?.activationBytes).toBe(28 * (cost(false)?.activationBytes ?? 0));
    expect(cost(true)?.flops).toBe(28 * 8 * (2 * 28 + 1));
  });

  it('warns of what training leaves out, and of softmax applied twice', () => {
    const idle = network({ mnist: undefined, 'd:dropout': undefined, 'loss:mean-squared-error': undefined }, [
      'mnist.image > d.x',
    ]);
    const { problems, unused } = analyze(idle);
    expect([...unused]).toEqual(['mnist', 'd']);
    expect(problems.filter(({ code }) => code === 'not-used').map(({ nodeId }) => nodeId)).toEqual(['d']);
    const twice = analyze(edited(cnn, setParam('logits', 'activation', 'softmax'))).problems;
    expect(withCode(twice, 'softmax-twice')).toMatchObject({
      severity: 'warning',
      fix: { kind: 'set-param', nodeId: 'logits', param: 'activation', value: 'linear' },
    });
  });

  it('keeps the result of every node that an edit does not concern', () => {
    const before = analyze(cnn);
    const moved = analyze(edited(cnn, moveNodes({ 'conv2d-1': { x: 5, y: 5 } })));
    for (const [id, analysis] of moved.nodes) expect(analysis).toBe(before.nodes.get(id));
    const widened = analyze(edited(cnn, setParam('dense-1', 'activation', 'tanh')));
    expect(widened.nodes.get('logits')).toBe(before.nodes.get('logits'));
    expect(widened.nodes.get('dense-1')).not.toBe(before.nodes.get('dense-1'));
    const narrow = analyze(edited(cnn, setParam('dense-1', 'units', 12)));
    expect(narrow.nodes.get('logits')?.parameterCount).toBe(130);
    expect(analyze(cnn)).toEqual(before);
  });

  it('never throws, whatever is wired to whatever', () => {
    const kinds = [...nodeDefinitions.map(({ kind }) => kind), 'quantum-layer'];
    const ports = [
      ...new Set(
        nodeDefinitions.flatMap(({ ports: { inputs, outputs } }) =>
          [...inputs, ...outputs].map(({ id }) => id),
        ),
      ),
    ];
    const node = fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      kind: fc.constantFrom(...kinds),
      params: fc.dictionary(
        fc.constantFrom('units', 'filters', 'rate', 'axis', 'kernelSize', 'strides'),
        fc.jsonValue(),
      ),
      position: fc.constant({ x: 0, y: 0 }),
    });
    const end = fc.record({
      node: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
      port: fc.constantFrom(...ports),
    });
    fc.assert(
      fc.property(
        fc.array(node, { maxLength: 7 }),
        fc.array(fc.record({ from: end, to: end }), { maxLength: 14 }),
        (nodes, edges) => {
          const document = { ...cnn, nodes, edges } as GraphDocument;
          const first = analyze(document);
          expect(analyze(structuredClone(document))).toEqual(first);
        },
      ),
      { numRuns: 500 },
    );
  });
});
