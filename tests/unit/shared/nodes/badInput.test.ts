import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { inferNode } from '#shared/compile/inferNode.ts';
import { MAX_TENSOR_ELEMENTS } from '#shared/compile/limits.ts';
import { en } from '#shared/i18n/en.ts';
import type { NodeDefinition, NodeExample, NodeProblem } from '#shared/nodes/defineNode.ts';
import { nodeDefinitions } from '#shared/nodes/registry.ts';
import type { JsonObject } from '#shared/protocol/json.ts';
import type { DType, PortType, Shape } from '#shared/types/portType.ts';
import { badParams, largestParams } from './badParams.ts';

const shapes: readonly Shape[] = [
  [],
  [1],
  ['B'],
  ['B', 'T'],
  ['B', 7],
  [7, 11],
  ['B', 'T', 5],
  ['B', 1, 1],
  [3, 5, 7],
  ['B', 1, 1, 1],
  ['B', 5, 3, 2],
  ['B', 'H', 'W', 3],
  [2, 3, 4, 5, 6],
  ['B·4', 2],
  ['B', 65_536, 65_536, 65_536],
  ['B', 65_536, 65_536],
  ['B', 65_536, 65_536, 65_536, 65_536],
];

const texts: Readonly<Record<string, string>> = en.problems;

type Inputs = Readonly<Record<string, readonly PortType[]>>;

const inputsOf = (example: NodeExample): Inputs =>
  Object.fromEntries(
    Object.entries(example.inputs).map(([port, types]) => [port, 'type' in types ? [types] : types]),
  );

/** The example's inputs with another shape at one port, of every dtype that the port takes. */
function* spoilt(node: NodeDefinition, example: NodeExample): Generator<Inputs> {
  const inputs = inputsOf(example);
  for (const port of node.ports.inputs) {
    if (port.type !== 'tensor') continue;
    for (const shape of shapes) {
      for (const dtype of port.dtypes ?? (['float32', 'int32', 'bool'] as const satisfies readonly DType[])) {
        const odd: PortType = { type: 'tensor', dtype, shape };
        yield { ...inputs, [port.id]: port.multiple ? [...(inputs[port.id] ?? []), odd] : [odd] };
      }
    }
  }
}

function infer(node: NodeDefinition, params: JsonObject, inputs: Inputs) {
  const instance = { id: 'n', kind: node.kind, params, position: { x: 0, y: 0 } };
  return inferNode(instance, node, inputs, true, undefined);
}

const textOf = ({ code, data }: NodeProblem): string =>
  String(new IntlMessageFormat(texts[code] ?? '', 'en').format({ node: 'Node', ...data }));

/** What no text can make clearer by two shapes. */
const withoutShapes = new Set(['single-value', 'second-input-missing', 'softmax-twice', 'limits-reversed']);

/** What must hold whatever comes in: sound shapes, or problems that say what is wrong, and fixes that mend it. */
function judge(node: NodeDefinition, params: JsonObject, inputs: Inputs): void {
  const { analysis, problems } = infer(node, params, inputs);
  const about = `${JSON.stringify(params)} with ${JSON.stringify(inputs)}`;
  for (const problem of problems) {
    expect(textOf(problem), `${problem.code} ${about}`).toMatch(/\.$/);
    if (problem.port !== undefined && !withoutShapes.has(problem.code)) {
      const named = 'expected' in problem.data && 'received' in problem.data;
      expect(named || problem.param !== undefined, `${problem.code} names no shapes: ${about}`).toBe(true);
    }
    for (const fix of [problem.fix ?? []].flat()) {
      if (fix.kind !== 'set-param' || fix.nodeId !== 'n') continue;
      const mended = infer(node, { ...params, [fix.param]: fix.value }, inputs).problems;
      expect(
        mended.some(
          ({ code, param, port }) =>
            code === problem.code && param === problem.param && port === problem.port,
        ),
        `the fix ${JSON.stringify(fix)} of ${problem.code} mends nothing: ${about}`,
      ).toBe(false);
    }
  }
  let largest = 0;
  for (const type of Object.values(analysis.outputs)) {
    if (type.type !== 'tensor') continue;
    let count = 1;
    for (const dim of type.shape) {
      const sound = typeof dim === 'string' ? dim !== '' : Number.isInteger(dim) && dim >= 1;
      expect(sound, `${about} gave ${JSON.stringify(type.shape)}`).toBe(true);
      if (typeof dim === 'number') count *= dim;
    }
    largest = Math.max(largest, count);
  }
  for (const { shape } of Object.values(analysis.weights)) {
    for (const dim of shape)
      expect(Number.isInteger(dim) && dim >= 1, `${about}: weight ${shape}`).toBe(true);
    largest = Math.max(
      largest,
      shape.reduce((product, dim) => product * dim, 1),
    );
  }
  const fits = largest <= MAX_TENSOR_ELEMENTS;
  expect(fits || problems.some(({ code }) => code.endsWith('-too-large')), `${about}: ${largest}`).toBe(true);
  expect(Number.isFinite(analysis.flops), `${about}: work`).toBe(true);
}

describe.each(nodeDefinitions.map((node) => [node.kind, node] as const))('%s', (_, node) => {
  it('answers inputs of every form with shapes, or with a problem that has a text', () => {
    for (const example of node.examples) {
      for (const inputs of spoilt(node, example)) judge(node, { ...example.params } as JsonObject, inputs);
    }
  });

  it('answers parameters that it cannot have by a problem on them, with a fix', () => {
    const [example] = node.examples;
    if (!example) throw new Error('no example');
    const params = { ...example.params } as JsonObject;
    for (const [param, value, expected] of badParams(node)) {
      const wrong = { ...params, [param]: value };
      const found = infer(node, wrong, inputsOf(example)).problems.find((problem) => problem.param === param);
      const about = `${param}: ${JSON.stringify(value)?.slice(0, 60)}`;
      expect(found?.code, about).toMatch(/^param-(out-of-range|invalid)$/);
      if (expected) expect(found?.code, about).toBe(expected);
      if (!found) continue;
      expect(textOf(found), about).toMatch(/Node.*\.$/);
      const [fix] = [found.fix ?? []].flat();
      if (fix?.kind !== 'set-param') throw new Error(`${about}: no fix`);
      const mended = infer(node, { ...wrong, [param]: fix.value }, inputsOf(example)).problems;
      expect(mended.some(({ code, param: other }) => other === param && code.startsWith('param-'))).toBe(
        false,
      );
    }
    const unknown = infer(node, { ...params, unheardOf: 1 }, inputsOf(example)).problems;
    expect(unknown).toContainEqual(expect.objectContaining({ code: 'param-unknown', severity: 'warning' }));
  });

  it('answers the largest and smallest parameters that it may have, with inputs small and large', () => {
    for (const example of node.examples) {
      for (const params of largestParams(node, example)) {
        judge(node, params, inputsOf(example));
        for (const inputs of node.examples.length > 4 ? [] : spoilt(node, example))
          judge(node, params, inputs);
      }
    }
  });
});
