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

/** Those that go with extreme parameters: too few axes, one of each, and more than any machine holds. */
const extremeShapes: readonly Shape[] = [[], ['B', 7], ...shapes.slice(-4)];

const texts: Readonly<Record<string, string>> = en.problems;

type Inputs = Readonly<Record<string, readonly PortType[]>>;

const inputsOf = (example: NodeExample): Inputs =>
  Object.fromEntries(
    Object.entries(example.inputs).map(([port, types]) => [port, 'type' in types ? [types] : types]),
  );

/** The example's inputs with another shape at one port, of every dtype that the port takes. */
function* spoilt(
  node: NodeDefinition,
  example: NodeExample,
  among: readonly Shape[] = shapes,
): Generator<Inputs> {
  const inputs = inputsOf(example);
  for (const port of node.ports.inputs) {
    if (port.type !== 'tensor') continue;
    for (const shape of among) {
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
const withoutShapes = new Set([
  'single-value',
  'second-input-missing',
  'softmax-twice',
  'limits-reversed',
  'graphs-half-told',
]);

const product = (sizes: readonly number[]): number => sizes.reduce((total, size) => total * size, 1);

const numbersIn = (shape: Shape): number => product(shape.filter((dim) => typeof dim === 'number'));

const texted = new Map<string, boolean>();
/** Whether the problem has a text that its data fill; asked once for each code and set of data. */
function hasText(problem: NodeProblem): boolean {
  const key = [problem.code, ...Object.keys(problem.data)].join();
  const known = texted.get(key) ?? textOf(problem).endsWith('.');
  texted.set(key, known);
  return known;
}

/** What is wrong with a node's answer: sound shapes, or problems that say what is the matter, and fixes that mend it. */
function flaws(node: NodeDefinition, params: JsonObject, inputs: Inputs): string[] {
  const { analysis, problems } = infer(node, params, inputs);
  const found: string[] = [];
  for (const problem of problems) {
    if (!hasText(problem)) found.push(`${problem.code} has no text`);
    if (problem.port !== undefined && problem.param === undefined && !withoutShapes.has(problem.code)) {
      const named = 'expected' in problem.data && 'received' in problem.data;
      if (!named) found.push(`${problem.code} names no shapes`);
    }
    for (const fix of [problem.fix ?? []].flat()) {
      if (fix.kind !== 'set-param' || fix.nodeId !== 'n') continue;
      const left = infer(node, { ...params, [fix.param]: fix.value }, inputs).problems;
      const same = left.some(
        ({ code, param, port }) => code === problem.code && param === problem.param && port === problem.port,
      );
      if (same) found.push(`the fix ${JSON.stringify(fix)} of ${problem.code} mends nothing`);
    }
  }
  const sizes: number[] = [];
  for (const type of Object.values(analysis.outputs)) {
    if (type.type !== 'tensor') continue;
    const sound = type.shape.every((dim) =>
      typeof dim === 'string' ? dim !== '' : Number.isInteger(dim) && dim >= 1,
    );
    if (!sound) found.push(`an output is ${JSON.stringify(type.shape)}`);
    sizes.push(numbersIn(type.shape));
  }
  for (const { shape } of Object.values(analysis.weights)) {
    if (!shape.every((dim) => Number.isInteger(dim) && dim >= 1)) found.push(`a weight is ${shape}`);
    sizes.push(product(shape));
  }
  const handedOn = Object.values(inputs)
    .flat()
    .some((type) => type.type === 'tensor' && numbersIn(type.shape) > MAX_TENSOR_ELEMENTS);
  if (
    !handedOn &&
    Math.max(0, ...sizes) > MAX_TENSOR_ELEMENTS &&
    !problems.some(({ code }) => code.endsWith('-too-large'))
  ) {
    found.push('nothing says that it is too large');
  }
  if (!Number.isFinite(analysis.flops)) found.push(`its work is ${analysis.flops}`);
  return found.map((flaw) => `${flaw}: ${JSON.stringify(params)} with ${JSON.stringify(inputs)}`);
}

describe.each(nodeDefinitions.map((node) => [node.kind, node] as const))('%s', (_, node) => {
  it('answers inputs of every form with shapes, or with a problem that has a text', () => {
    const found = node.examples.flatMap((example) =>
      [...spoilt(node, example)].flatMap((inputs) =>
        flaws(node, { ...example.params } as JsonObject, inputs),
      ),
    );
    expect(found).toEqual([]);
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
    const found = node.examples.flatMap((example, index) => {
      const given = [inputsOf(example), ...(index === 0 ? spoilt(node, example, extremeShapes) : [])];
      return [...largestParams(node, example)].flatMap((params) =>
        given.flatMap((inputs) => flaws(node, params, inputs)),
      );
    });
    expect(found).toEqual([]);
  });
});
