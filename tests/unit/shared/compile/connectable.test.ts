import { describe, expect, it } from 'vitest';
import { analyze } from '#shared/compile/analyze.ts';
import { checkConnection } from '#shared/compile/connectable.ts';
import { addNode } from '#shared/graph/commands.ts';
import { edited, template } from '../networks.ts';

const document = edited(
  template('cnn-mnist'),
  addNode({ kind: 'dense', position: { x: 0, y: 0 }, id: 'free' }),
  addNode({ kind: 'add', position: { x: 0, y: 0 }, id: 'sum' }),
);
const analysis = analyze(document);
const end = (text: string) => {
  const [node = '', port = ''] = text.split('.');
  return { node, port };
};

describe('checkConnection', () => {
  it.each([
    ['logits.y', 'free.x'],
    ['conv2d-1.y', 'free.x'],
    ['conv2d-1.y', 'sum.values'],
    ['mnist.image', 'conv2d-2.x'],
  ])('allows %s to %s', (from, to) => {
    expect(checkConnection(document, analysis, end(from), end(to)).ok).toBe(true);
  });

  it.each([
    ['logits.y', 'free.y', 'output-to-output'],
    ['logits.x', 'free.x', 'input-to-input'],
    ['logits.x', 'free.y', 'wrong-direction'],
    ['loss.loss', 'free.x', 'type-mismatch'],
    ['logits.y', 'adam.loss', 'type-mismatch'],
    ['mnist.label', 'free.x', 'dtype-mismatch'],
    ['logits.y', 'loss.labels', 'dtype-mismatch'],
    ['free.y', 'free.x', 'wire-to-itself'],
    ['logits.y', 'dense-1.x', 'would-close-cycle'],
    ['logits.y', 'loss.logits', 'already-connected'],
    ['nobody.y', 'free.x', 'node-not-found'],
    ['logits.z', 'free.x', 'port-not-found'],
  ])('refuses %s to %s: %s', (from, to, code) => {
    const result = checkConnection(document, analysis, end(from), end(to));
    expect(result).toMatchObject({ ok: false, error: { code, severity: 'error' } });
  });

  it('refuses an occupied input only when asked to', () => {
    const options = { replace: false };
    const occupied = checkConnection(document, analysis, end('mnist.image'), end('conv2d-2.x'), options);
    expect(occupied).toMatchObject({
      ok: false,
      error: { code: 'port-occupied', edgeId: 'max-pool2d-1.y>conv2d-2.x' },
    });
    expect(checkConnection(document, analysis, end('conv2d-1.y'), end('sum.values'), options).ok).toBe(true);
  });
});
