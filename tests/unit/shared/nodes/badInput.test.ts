import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { inferNode } from '#shared/compile/inferNode.ts';
import { en } from '#shared/i18n/en.ts';
import type { NodeDefinition, NodeExample } from '#shared/nodes/defineNode.ts';
import { nodeDefinitions } from '#shared/nodes/registry.ts';
import type { JsonObject } from '#shared/protocol/json.ts';
import type { DType, PortType, Shape } from '#shared/types/portType.ts';

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
  ['B', 65_536, 65_536, 65_536],
];

const texts: Readonly<Record<string, string>> = en.problems;

/** The example's inputs with another shape at one port, of every dtype that the port takes. */
function* spoilt(node: NodeDefinition, example: NodeExample): Generator<Record<string, readonly PortType[]>> {
  const inputs = Object.fromEntries(
    Object.entries(example.inputs).map(([port, types]) => [port, 'type' in types ? [types] : types]),
  );
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

describe.each(nodeDefinitions.map((node) => [node.kind, node] as const))('%s', (_, node) => {
  it('answers inputs of every form with shapes, or with a problem that has a text', () => {
    for (const example of node.examples) {
      for (const inputs of spoilt(node, example)) {
        const params = { ...example.params } as JsonObject;
        const instance = { id: 'n', kind: node.kind, params, position: { x: 0, y: 0 } };
        const { analysis, problems } = inferNode(instance, node, inputs, true, undefined);
        for (const { code, data } of problems) {
          const text = String(
            new IntlMessageFormat(texts[code] ?? '', 'en').format({ node: 'Node', ...data }),
          );
          expect(text, `${code} ${JSON.stringify(inputs)}`).toMatch(/\.$/);
        }
        for (const type of Object.values(analysis.outputs)) {
          if (type.type !== 'tensor') continue;
          for (const dim of type.shape) {
            const sound = typeof dim === 'string' ? dim !== '' : Number.isInteger(dim) && dim >= 1;
            expect(sound, `${JSON.stringify(inputs)} gave ${JSON.stringify(type.shape)}`).toBe(true);
          }
        }
      }
    }
  });
});
