import { describe, expect, it } from 'vitest';
import { createPlan } from '#shared/compile/createPlan.ts';
import { copyFragment, parseFragment } from '#shared/graph/clipboard.ts';
import {
  addVariable,
  paste,
  removeVariable,
  renameVariable,
  setParam,
  setVariable,
} from '#shared/graph/commands.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import { parseDocument } from '#shared/graph/parseDocument.ts';
import { findNode } from '#shared/graph/selectors.ts';
import { serializeDocument } from '#shared/graph/serializeDocument.ts';
import { variableUses } from '#shared/graph/variableUses.ts';
import { edited, template, withCode } from '../networks.ts';

const document = edited(
  template('cnn-mnist'),
  addVariable({ name: 'width', value: 8 }),
  addVariable({ name: 'wide', value: '=2 * width', description: 'twice' }),
  setParam('dense-1', 'units', '= wide+width'),
  setParam('conv2d-1', 'kernelSize', ['=width-5', 3]),
);
const unitsOf = (from: GraphDocument) => findNode(from, 'dense-1')?.params.units;
const planOf = (from: GraphDocument) => {
  const plan = createPlan(from);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return plan.value;
};

describe('variables', () => {
  it('are renamed with every use, and nothing else changes', () => {
    const renamed = edited(document, renameVariable('width', 'size'));
    expect(renamed.variables).toEqual([
      { name: 'size', value: 8 },
      { name: 'wide', value: '=2 * size', description: 'twice' },
    ]);
    expect(unitsOf(renamed)).toBe('= wide+size');
    expect(findNode(renamed, 'conv2d-1')?.params.kernelSize).toEqual(['=size-5', 3]);
    expect(renamed.nodes[0]).toBe(document.nodes[0]);
    expect(planOf(renamed)).toEqual(planOf(document));
  });

  it('are removed with their values written out where they were used', () => {
    const removed = edited(document, removeVariable('wide'));
    expect(unitsOf(removed)).toBe('= (2 * width)+width');
    expect(planOf(removed)).toEqual(planOf(document));
    const none = edited(removed, removeVariable('width'));
    expect(unitsOf(none)).toBe('= (2 * 8)+8');
    expect(Object.hasOwn(none, 'variables')).toBe(false);
    const whole = edited(
      template('mlp-mnist'),
      addVariable({ name: 'w', value: 7 }),
      setParam('dense-1', 'units', '=w'),
      removeVariable('w'),
    );
    expect(unitsOf(whole)).toBe(7);
  });

  it('say where they are used', () => {
    expect(variableUses(document).get('width')).toEqual([
      { variable: 'wide' },
      { nodeId: 'conv2d-1', param: 'kernelSize', block: undefined },
      { nodeId: 'dense-1', param: 'units', block: undefined },
    ]);
  });

  it.each([
    [addVariable({ name: 'width', value: 1 }), 'variable-exists'],
    [addVariable({ name: '2nd', value: 1 }), 'variable-name-invalid'],
    [addVariable({ name: 'sqrt', value: 1 }), 'variable-name-invalid'],
    [addVariable({ name: 'e', value: 1 }), 'variable-name-invalid'],
    [renameVariable('width', 'wide'), 'variable-exists'],
    [renameVariable('nobody', 'size'), 'variable-not-found'],
    [setVariable('width', { value: Number.POSITIVE_INFINITY }), 'variable-value-invalid'],
    [setVariable('width', { value: 'text' }), 'variable-value-invalid'],
  ])('%# are refused with a reason', (command, code) => {
    const result = command.apply(document);
    expect(!result.ok && result.error.code).toBe(code);
  });

  it('come along when nodes are copied that need them, and do not replace those that are there', () => {
    const fragment = parseFragment(copyFragment(document, ['dense-1']));
    if (!fragment.ok) throw new Error('not pasted');
    const target = edited(template('mlp-mnist'), addVariable({ name: 'width', value: 99 }));
    const pasted = edited(target, paste(fragment.value, { x: 0, y: 0 }));
    expect(pasted.variables).toEqual([
      { name: 'width', value: 99 },
      { name: 'wide', value: '=2 * width', description: 'twice' },
    ]);
    expect(copyFragment(document, ['flatten'])).not.toContain('variables');
  });

  it('twice under one name are refused when a file is read, with the line', () => {
    const text = serializeDocument(document).replace('"name": "wide"', '"name": "width"');
    const read = parseDocument(text);
    const line = text.slice(0, text.lastIndexOf('"name": "width"')).split('\n').length;
    expect(!read.ok && withCode(read.error, 'duplicate-variable')).toMatchObject({
      variable: 'width',
      data: { name: 'width', line },
    });
  });
});
