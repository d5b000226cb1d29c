import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { analyze } from '#shared/compile/analyze.ts';
import { en } from '#shared/i18n/en.ts';
import type { NodeDefinition } from '#shared/nodes/defineNode.ts';
import { nodeDefinitions } from '#shared/nodes/registry.ts';
import type { Problem } from '#shared/protocol/problem.ts';
import type { DType } from '#shared/types/portType.ts';
import { network } from '../networks.ts';

const texts: Readonly<Record<string, string>> = en.problems;
const textOf = ({ code, data }: Problem): string =>
  String(new IntlMessageFormat(texts[code] ?? '', 'en').format(data));

/** An output of each type, in a graph that is right but for the wire that is tried. */
const sources: Readonly<Record<DType | 'loss', string>> = {
  float32: 'digits.image',
  int32: 'digits.label',
  bool: 'less.y',
  loss: 'error.loss',
};
const around = {
  'digits:mnist': undefined,
  'flat:flatten': undefined,
  'less:compare': undefined,
  'answer:dense': { units: 10 },
  'error:softmax-cross-entropy': undefined,
};
const wires = [
  'digits.image > flat.x',
  'flat.y > less.a',
  'flat.y > less.b',
  'flat.y > answer.x',
  'answer.y > error.logits',
  'digits.label > error.labels',
];

const problemsOf = (node: NodeDefinition, more: readonly string[] = []): readonly Problem[] =>
  analyze(network({ ...around, [`node:${node.kind}`]: undefined }, [...wires, ...more])).problems;

it('the graph around is right', () => {
  const { problems } = analyze(network(around, wires));
  expect(problems.filter(({ code }) => code !== 'no-optimizer' && code !== 'not-used')).toEqual([]);
});

const takers = nodeDefinitions.filter(({ ports }) => ports.inputs.length > 0);

describe.each(takers.map((node) => [node.kind, node] as const))('%s', (_, node) => {
  it('says of every input that it needs and does not have which one it is', () => {
    const missing = problemsOf(node).filter(
      ({ code, nodeId }) => code === 'missing-input' && nodeId === 'node',
    );
    const needed = node.ports.inputs.filter(({ optional }) => !optional);
    expect(missing.map(({ port }) => port).toSorted()).toEqual(needed.map(({ id }) => id).toSorted());
    for (const problem of missing) {
      expect(textOf(problem)).toContain(node.text.title);
      expect(textOf(problem)).toContain(node.text.ports[problem.port ?? '']);
    }
  });

  it('refuses values of another type and says both', () => {
    for (const port of node.ports.inputs) {
      for (const [type, source] of Object.entries(sources)) {
        const isLoss = type === 'loss';
        const fits =
          (port.type === 'loss') === isLoss &&
          (isLoss || !port.dtypes || port.dtypes.includes(type as DType));
        if (fits) continue;
        const wire = `${source} > node.${port.id}`;
        const code = (port.type === 'loss') === isLoss ? 'dtype-mismatch' : 'type-mismatch';
        const found = problemsOf(node, [wire]).find((problem) => problem.code === code);
        expect(found, wire).toMatchObject({
          severity: 'error',
          nodeId: 'node',
          port: port.id,
          edgeId: wire.replaceAll(' ', ''),
          data: { expected: expect.any(String), received: type === 'loss' ? 'loss' : expect.any(String) },
          fix: { kind: 'remove-edge', edgeId: wire.replaceAll(' ', '') },
        });
        if (found) expect(textOf(found)).toContain(node.text.title);
      }
    }
  });
});
