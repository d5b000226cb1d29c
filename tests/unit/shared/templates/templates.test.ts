import { describe, expect, it } from 'vitest';
import { analyze } from '#shared/compile/analyze.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import { blockFace } from '#shared/graph/blockFace.ts';
import { findNodeDefinition } from '#shared/nodes/registry.ts';
import { templates } from '#shared/templates/index.ts';

describe.each(templates.map((template) => [template.id, template] as const))(
  'template %s',
  (_, { document, expected }) => {
    it('promises a figure that it measures', () => {
      const keys = document.nodes.flatMap(({ kind }) => {
        const definition = findNodeDefinition(kind);
        return definition?.role === 'metric' ? [definition.metricKey] : [];
      });
      expect(['loss', ...keys]).toContain(expected.metric);
    });

    it('has no problems, nothing unused, and a plan', () => {
      expect(analyze(document).problems).toEqual([]);
      expect(createPlan(document).ok).toBe(true);
    });

    it('lets instances of its blocks set what nodes inside have', () => {
      for (const block of document.blocks ?? []) {
        const known = Object.keys(blockFace(block, document.blocks).text.params);
        for (const { id } of block.params ?? []) expect(known).toContain(id);
      }
    });

    it('stands on the canvas without cards over each other', () => {
      const places = document.nodes.map(({ position }) => `${position.x},${position.y}`);
      expect(new Set(places).size).toBe(places.length);
    });
  },
);
