import { describe, expect, it } from 'vitest';
import { analyze } from '#shared/compile/analyze.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import { copyFragment, parseFragment } from '#shared/graph/clipboard.ts';
import {
  addNode,
  applyFix,
  connect,
  nextNodeId,
  paste,
  removeEdges,
  removeNodes,
  setParam,
  setTitle,
  setTraining,
} from '#shared/graph/commands.ts';
import { addedNodeIds } from '#shared/graph/selectors.ts';
import { edited, template, withCode } from '../networks.ts';

const cnn = template('cnn-mnist');
const fixOf = (document: typeof cnn, code: string) => {
  const { fix } = withCode(analyze(document).problems, code);
  if (!fix) throw new Error(`${code} offers no fix`);
  return fix;
};

describe('commands', () => {
  it('add a node with all defaults written out, under the next free id', () => {
    const document = edited(cnn, addNode({ kind: 'dense', position: { x: 1, y: 2 }, params: { units: 3 } }));
    expect(addedNodeIds(cnn, document)).toEqual(['dense-2']);
    expect(document.nodes.at(-1)?.params).toMatchObject({ units: 3, activation: 'linear', bias: true });
    expect(nextNodeId(document, 'dense')).toBe('dense-3');
    expect(addNode({ kind: 'dense', position: { x: 0, y: 0 }, id: 'mnist' }).apply(cnn).ok).toBe(false);
  });

  it('remove a node with its wires and leave the rest by reference', () => {
    const document = edited(cnn, removeNodes(['flatten']));
    expect(document.edges.length).toBe(cnn.edges.length - 2);
    expect(document.nodes[0]).toBe(cnn.nodes[0]);
  });

  it('connect in place of the wire that was there, but beside the others where several fit', () => {
    const replaced = edited(cnn, connect({ node: 'mnist', port: 'image' }, { node: 'conv2d-2', port: 'x' }));
    expect(replaced.edges.length).toBe(cnn.edges.length);
    expect(replaced.edges.filter(({ to }) => to.node === 'conv2d-2').map(({ from }) => from.node)).toEqual([
      'mnist',
    ]);
    const several = edited(
      cnn,
      addNode({ kind: 'add', position: { x: 0, y: 0 }, id: 'sum' }),
      connect({ node: 'conv2d-1', port: 'y' }, { node: 'sum', port: 'values' }),
      connect({ node: 'conv2d-2', port: 'y' }, { node: 'sum', port: 'values' }),
    );
    expect(several.edges.filter(({ to }) => to.node === 'sum').length).toBe(2);
  });

  it('keep a value that the node refuses, and set titles and training within limits', () => {
    const document = edited(cnn, setParam('dense-1', 'units', 10 ** 12));
    expect(document.nodes.find(({ id }) => id === 'dense-1')?.params.units).toBe(10 ** 12);
    const named = edited(cnn, setTitle('dense-1', ' head '));
    expect(named.nodes.find(({ id }) => id === 'dense-1')?.title).toBe('head');
    expect(edited(named, setTitle('dense-1', ''))).toEqual(cnn);
    expect(edited(cnn, setTraining({ earlyStopping: { patience: 2 } })).training).toMatchObject({
      epochs: 3,
      earlyStopping: { enabled: false, patience: 2 },
    });
    const refused = setTraining({ batchSize: 0 }).apply(cnn);
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'training-setting-invalid', data: { setting: 'batchSize' } },
    });
  });

  it('refuse what is not there', () => {
    expect(removeNodes(['nobody']).apply(cnn)).toMatchObject({
      ok: false,
      error: { code: 'node-not-found' },
    });
    expect(removeEdges(['a.y>b.x']).apply(cnn)).toMatchObject({
      ok: false,
      error: { code: 'edge-not-found' },
    });
    expect(setParam('nobody', 'units', 1).apply(cnn).ok).toBe(false);
  });
});

describe('paste', () => {
  it('brings copies under fresh ids with the wires among them', () => {
    const fragment = parseFragment(copyFragment(cnn, ['flatten', 'dense-1', 'logits']));
    if (!fragment.ok) throw new Error(fragment.error.code);
    const document = edited(cnn, paste(fragment.value, { x: 10, y: 20 }));
    const added = addedNodeIds(cnn, document);
    expect(added).toEqual(['flatten-1', 'dense-2', 'dense-3']);
    expect(document.edges.slice(cnn.edges.length)).toEqual([
      { from: { node: 'flatten-1', port: 'y' }, to: { node: 'dense-2', port: 'x' } },
    ]);
    expect(document.nodes.at(-3)?.position).toEqual({ x: 10, y: 228 });
  });

  it('says so when the clipboard holds something else', () => {
    for (const text of ['', 'hello', '{"a": 1}', '{', '[1, 2]']) {
      expect(parseFragment(text)).toMatchObject({ ok: false, error: { code: 'clipboard-not-a-graph' } });
    }
    // A graph that was copied in part.
    const cut = copyFragment(cnn, ['flatten', 'dense-1']).slice(0, -20);
    expect(parseFragment(cut)).toMatchObject({ ok: false, error: { code: 'json-broken' } });
  });
});

describe('applyFix', () => {
  it('mends a deleted Flatten in two clicks', () => {
    const broken = edited(cnn, removeNodes(['flatten']));
    const connected = edited(broken, applyFix(fixOf(broken, 'missing-input')));
    const mended = edited(connected, applyFix(fixOf(connected, 'needs-flat-input')));
    expect(analyze(mended).problems).toEqual([]);
    expect(createPlan(mended).ok).toBe(true);
  });

  it('mends a deleted hidden layer in one click', () => {
    const broken = edited(cnn, removeNodes(['dense-1']));
    expect(createPlan(broken).ok).toBe(false);
    const mended = edited(broken, applyFix(fixOf(broken, 'missing-input')));
    expect(createPlan(mended).ok).toBe(true);
  });

  it('adds what is missing at a free place, wired', () => {
    const broken = edited(cnn, removeNodes(['adam']));
    const mended = edited(broken, applyFix(fixOf(broken, 'no-optimizer')));
    expect(createPlan(mended).ok).toBe(true);
    const lossless = edited(cnn, removeNodes(['loss', 'adam', 'accuracy']));
    const withLoss = edited(lossless, applyFix(fixOf(lossless, 'no-loss')));
    const whole = edited(withLoss, applyFix(fixOf(withLoss, 'no-optimizer')));
    expect(createPlan(whole).ok).toBe(true);
  });

  it('puts the number of classes on the layer that decides it, past those that only pass it on', () => {
    const wrong = edited(
      cnn,
      setParam('logits', 'units', 7),
      addNode({ kind: 'activation', position: { x: 0, y: 900 }, id: 'act', params: { activation: 'tanh' } }),
      connect({ node: 'logits', port: 'y' }, { node: 'act', port: 'x' }),
      connect({ node: 'act', port: 'y' }, { node: 'loss', port: 'logits' }),
    );
    expect(fixOf(wrong, 'class-count-mismatch')).toEqual({
      kind: 'set-param',
      nodeId: 'logits',
      param: 'units',
      value: 10,
    });
  });

  it('fails as a value when its place is gone', () => {
    const fix = { kind: 'insert-node', nodeKind: 'flatten', params: {}, edgeId: 'a.y>b.x' } as const;
    expect(applyFix(fix).apply(cnn)).toMatchObject({ ok: false, error: { code: 'edge-not-found' } });
  });
});
