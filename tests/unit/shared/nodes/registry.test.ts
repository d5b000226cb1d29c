import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inferNode } from '#shared/compile/inferNode.ts';
import { findNodeDefinition, nodeDefinitions } from '#shared/nodes/registry.ts';
import type { JsonObject } from '#shared/protocol/json.ts';
import type { PortType } from '#shared/types/portType.ts';
import { inferArgs } from '../../../conformance/examplePlan.ts';

const nodesFolder = new URL('../../../../shared/nodes/', import.meta.url);
const files = readdirSync(nodesFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => readdirSync(new URL(`${name}/`, nodesFolder)).map((file) => basename(file, '.ts')));

describe('the registry', () => {
  it('holds every node file under its own name, once', () => {
    const kinds = nodeDefinitions.map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(files.toSorted());
    expect(new Set(kinds).size).toBe(kinds.length);
    for (const kind of kinds) expect(kind).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
  });

  it('finds a definition by kind and nothing for an unknown one', () => {
    for (const definition of nodeDefinitions) expect(findNodeDefinition(definition.kind)).toBe(definition);
    expect(findNodeDefinition('quantum-layer')).toBeUndefined();
  });
});

describe.each(nodeDefinitions.map((definition) => [definition.kind, definition] as const))(
  '%s',
  (_, node) => {
    it('has a text for every parameter, option and port, and no text without its thing', () => {
      expect(Object.keys(node.text.params).toSorted()).toEqual(Object.keys(node.params.shape).toSorted());
      const ports = [...node.ports.inputs, ...node.ports.outputs].map(({ id }) => id);
      expect(Object.keys(node.text.ports).toSorted()).toEqual(ports.toSorted());
      expect(new Set(ports).size).toBe(ports.length);
      expect(node.text.title).not.toBe('');
      expect(node.text.description).toMatch(/\.$/);
    });

    it('has a default for every parameter, and shows a summary of it', () => {
      const params = node.params.parse({});
      expect(Object.keys(params).toSorted()).toEqual(Object.keys(node.params.shape).toSorted());
      expect(node.params.parse(JSON.parse(JSON.stringify(params)))).toEqual(params);
      expect(node.summary(params).length).toBeLessThanOrEqual(2);
    });

    it.each(node.examples.map((example) => [example.name, example] as const))(
      'infers: %s',
      (_name, example) => {
        const inputs = Object.fromEntries(
          Object.entries(example.inputs).map(([port, type]) => [
            port,
            (Array.isArray(type) ? type : [type]) as readonly PortType[],
          ]),
        );
        const { analysis, problems } = inferNode(
          { id: 'n', kind: node.kind, params: { ...example.params } as JsonObject, position: { x: 0, y: 0 } },
          node,
          inputs,
          true,
          example.facts,
        );
        expect(problems).toEqual([]);
        const shapes = Object.fromEntries(
          Object.entries(analysis.outputs).map(([port, type]) => [
            port,
            type.type === 'loss'
              ? []
              : node.role === 'dataset'
                ? type.shape.filter((dim) => typeof dim === 'number')
                : type.shape,
          ]),
        );
        expect(shapes).toEqual(example.outputs);
        expect(analysis.parameterCount).toBe(example.parameterCount ?? analysis.parameterCount);
        expect(Number.isFinite(analysis.flops)).toBe(true);
      },
    );

    it('teaches: a few sentences and where to read on', () => {
      const { lesson } = node;
      expect(lesson?.summary ?? '').toMatch(/^[\p{Lu}\d].{60,}[.?]$/u);
      expect(lesson?.references.length ?? 0).toBeGreaterThan(0);
      for (const { title, url } of lesson?.references ?? []) {
        expect(title).not.toBe('');
        if (url !== undefined) expect(url).toMatch(/^https:\/\//);
      }
    });

    it('is written in PyTorch with the settings of every example', () => {
      if (node.role === 'dataset' || node.role === 'optimizer') return;
      for (const example of node.examples) {
        const { call } = node.sources?.pytorch?.(inferArgs(node, example)) ?? {};
        expect(call ?? '', example.name).not.toBe('');
      }
    });

    it('names at least two examples, each once', () => {
      const names = node.examples.map(({ name }) => name);
      expect(names.length).toBeGreaterThanOrEqual(2);
      expect(new Set(names).size).toBe(names.length);
    });
  },
);
