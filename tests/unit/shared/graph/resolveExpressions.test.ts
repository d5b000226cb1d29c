import { describe, expect, it } from 'vitest';
import { analyze } from '#shared/compile/analyze.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import { addVariable, applyFix, setParam, setVariable } from '#shared/graph/commands.ts';
import type { GraphDocument, Variable } from '#shared/graph/document.ts';
import { parseDocument } from '#shared/graph/parseDocument.ts';
import { serializeDocument } from '#shared/graph/serializeDocument.ts';
import { variableScope } from '#shared/graph/variableScope.ts';
import { edited, template, withCode } from '../networks.ts';

const mlp = template('mlp-mnist');
const withVariables = (...variables: readonly Variable[]): GraphDocument => ({
  ...mlp,
  variables: [...variables],
});
const width = (document: GraphDocument): unknown => {
  const plan = createPlan(document);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return plan.value.nodes.find(({ path }) => path === 'dense-1')?.params.units;
};
const problemsOf = (document: GraphDocument) => analyze(document).problems;

describe('expressions in place of numbers', () => {
  const document = edited(
    withVariables({ name: 'width', value: 32 }, { name: 'wide', value: '=4*width' }),
    setParam('dense-1', 'units', '=wide + 2'),
  );

  it('are worked out before anything else looks at the graph', () => {
    expect(width(document)).toBe(130);
    expect(width(edited(document, setVariable('width', { value: 8 })))).toBe(34);
    expect(analyze(document).nodes.get('dense-1')?.weights.kernel?.shape).toEqual([784, 130]);
  });

  it('are kept as they are typed, one line of a file each', () => {
    const text = serializeDocument(document);
    expect(text).toContain('    { "name": "wide", "value": "=4*width" }');
    expect(text).toContain('"units": "=wide + 2"');
    const read = parseDocument(text);
    expect(read.ok && read.value).toEqual(document);
  });

  it('stand in lists as well, and text parameters that begin with = are text', () => {
    const cnn = edited(
      template('cnn-mnist'),
      addVariable({ name: 'k', value: 5 }),
      setParam('conv2d-1', 'kernelSize', ['=k', '=k-2']),
    );
    const plan = createPlan(cnn);
    expect(plan.ok && plan.value.nodes.find(({ path }) => path === 'conv2d-1')?.params.kernelSize).toEqual([
      5, 3,
    ]);
    const named = { ...document, nodes: document.nodes.map((node) => ({ ...node, title: '=width' })) };
    expect(width(named)).toBe(130);
  });

  it.each([
    ['=4*', 'expression-not-readable', { reason: 'end', at: 4 }],
    ['=4 $ width', 'expression-not-readable', { reason: 'character', at: 4, found: '$' }],
    ['=4*height', 'expression-variable-unknown', { name: 'height', at: 4 }],
    ['=width/3', 'expression-not-whole', { value: 10.6667, expression: '=width/3' }],
    ['=width/0', 'expression-no-number', {}],
    ['=-width', 'param-out-of-range', { value: '=-width → -32', min: 1 }],
    [`=${'1+'.repeat(600)}1`, 'expression-not-readable', { reason: 'length' }],
  ])('%s is a problem with its place', (text, code, data) => {
    const problem = withCode(problemsOf(edited(document, setParam('dense-1', 'units', text))), code);
    expect(problem).toMatchObject({ nodeId: 'dense-1', param: 'units', severity: 'error', data });
    expect(
      problemsOf(edited(document, setParam('dense-1', 'units', text))).map((other) => other.code),
    ).not.toContain('param-invalid');
  });

  it('offer to round what is not whole, and to add the variable that is missing', () => {
    const uneven = edited(document, setParam('dense-1', 'units', '=width/3'));
    const { fix } = withCode(problemsOf(uneven), 'expression-not-whole');
    expect(fix && width(edited(uneven, applyFix(fix)))).toBe(11);
    const missing = edited(document, setParam('dense-1', 'units', '=10*depth'));
    const { fix: add } = withCode(problemsOf(missing), 'expression-variable-unknown');
    expect(add && width(edited(missing, applyFix(add)))).toBe(10);
  });

  it('round off what floating point adds', () => {
    expect(width(edited(document, setParam('dense-1', 'units', '=0.1*3*10')))).toBe(3);
  });

  it('name the variables that are wrong, as an error only where one is needed', () => {
    const circle = edited(
      withVariables(
        { name: 'a', value: '=b+1' },
        { name: 'b', value: '=2*a' },
        { name: 'lone', value: '=1/0' },
      ),
      setParam('dense-1', 'units', '=a'),
    );
    const problems = problemsOf(circle);
    expect(withCode(problems, 'variable-cycle')).toMatchObject({
      variable: 'b',
      severity: 'error',
      data: { circle: 'a → b → a', at: 4 },
    });
    expect(withCode(problems, 'variable-names-broken')).toMatchObject({ variable: 'a', severity: 'error' });
    expect(withCode(problems, 'variable-no-number')).toMatchObject({ variable: 'lone', severity: 'warning' });
    expect(withCode(problems, 'expression-variable-broken')).toMatchObject({
      nodeId: 'dense-1',
      data: { at: 2 },
    });
    expect(createPlan(circle).ok).toBe(false);
  });

  it('work through a thousand variables, each of the one before', () => {
    const chain = Array.from(
      { length: 1000 },
      (_, index): Variable => ({
        name: `v${index}`,
        value: index === 0 ? 1 : `=v${index - 1}+1`,
      }),
    ).reverse();
    expect(variableScope({ variables: chain }).values.get('v999')).toBe(1000);
  });

  it('reach repeats of blocks and what is inside', () => {
    const blocked: GraphDocument = {
      ...mlp,
      variables: [
        { name: 'width', value: 24 },
        { name: 'depth', value: 3 },
      ],
      blocks: [
        {
          id: 'layer',
          nodes: [{ id: 'd', kind: 'dense', params: { units: '=width' }, position: { x: 0, y: 0 } }],
          edges: [],
          inputs: [{ id: 'x', to: [{ node: 'd', port: 'x' }] }],
          outputs: [{ id: 'y', from: { node: 'd', port: 'y' } }],
        },
      ],
      nodes: mlp.nodes.map((node) =>
        node.id === 'dense-1'
          ? { ...node, kind: 'block', params: { block: 'layer', repeat: '=depth' } }
          : node,
      ),
    };
    const plan = createPlan(blocked);
    expect(
      plan.ok && plan.value.nodes.filter(({ kind }) => kind === 'dense').map(({ params }) => params.units),
    ).toEqual([24, 24, 24, 256, 10]);
    const wrong = problemsOf(edited(blocked, setVariable('depth', { value: 1.5 })));
    expect(withCode(wrong, 'expression-not-whole')).toMatchObject({ nodeId: 'dense-1', param: 'repeat' });
    expect(wrong.map(({ code }) => code)).not.toContain('param-invalid');
    const inner = problemsOf(edited(blocked, setVariable('width', { value: 2.5 })));
    expect(withCode(inner, 'expression-not-whole')).toMatchObject({ nodeId: 'dense-1' });
  });

  it('leave the results of other nodes as they were', () => {
    const before = analyze(document);
    const after = analyze(edited(document, setVariable('width', { value: 16 })));
    expect(after.nodes.get('mnist')).toBe(before.nodes.get('mnist'));
    expect(after.nodes.get('dense-1')).not.toBe(before.nodes.get('dense-1'));
  });
});
