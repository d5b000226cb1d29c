import { describe, expect, it } from 'vitest';
import { analyze } from '#shared/compile/analyze.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import { templates } from '#shared/templates/index.ts';

describe.each(templates.map((template) => [template.id, template] as const))(
  'template %s',
  (_, { document }) => {
    it('has no problems, nothing unused, and a plan', () => {
      expect(analyze(document).problems).toEqual([]);
      expect(createPlan(document).ok).toBe(true);
    });

    it('stands on the canvas without cards over each other', () => {
      const places = document.nodes.map(({ position }) => `${position.x},${position.y}`);
      expect(new Set(places).size).toBe(places.length);
    });
  },
);
