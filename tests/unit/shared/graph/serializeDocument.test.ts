import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '#shared/graph/parseDocument.ts';
import { serializeDocument } from '#shared/graph/serializeDocument.ts';
import { templates } from '#shared/templates/index.ts';
import { template } from '../networks.ts';

function parsed(text: string) {
  const result = parseDocument(text);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

describe('serializeDocument', () => {
  it.each(templates.map(({ id, document }) => [id, document] as const))(
    '%s comes back byte for byte',
    (_, document) => {
      const text = serializeDocument(document);
      expect(text.endsWith('}\n')).toBe(true);
      expect(parsed(text)).toEqual(document);
      expect(serializeDocument(parsed(text))).toBe(text);
    },
  );

  it('does not depend on the order of keys', () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (value === null || typeof value !== 'object') return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, item]) => [key, reversed(item)]),
      );
    };
    const document = template('cnn-mnist');
    expect(serializeDocument(reversed(document) as typeof document)).toBe(serializeDocument(document));
  });

  it('keeps unknown keys wherever they stand, and any JSON as a parameter', () => {
    const json = fc.jsonValue({ maxDepth: 3, noUnicodeString: false }).map((value) =>
      // JSON has one zero, and __proto__ is no key of a plain object.
      JSON.parse(JSON.stringify(value).replaceAll('__proto__', 'proto')),
    );
    fc.assert(
      fc.property(json, (value) => {
        const base = template('mlp-mnist');
        const document = {
          ...base,
          later: value,
          training: { ...base.training, later: value },
          nodes: base.nodes.map((node) => ({
            ...node,
            later: value,
            params: { ...node.params, later: value },
            position: { ...node.position, later: value },
          })),
          edges: base.edges.map((edge) => ({ ...edge, later: value, to: { ...edge.to, later: value } })),
        };
        expect(parsed(serializeDocument(document))).toEqual(document);
      }),
      { numRuns: 100 },
    );
  });
});
