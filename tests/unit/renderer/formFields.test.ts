import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formFields } from '#renderer/inspector/formFields.ts';
import { nodeDefinitions } from '#shared/nodes/registry.ts';

describe('formFields', () => {
  it('reads controls, limits, steps and defaults off a schema, in its order', () => {
    const fields = formFields(
      z.object({
        units: z.int().min(1).max(10).default(4),
        rate: z.number().min(1e-6).default(0.001).meta({ scale: 'log' }),
        share: z.number().min(0).max(1).default(0.5).meta({ step: 0.05 }),
        bias: z.boolean().default(true),
        padding: z.enum(['same', 'valid']).default('same'),
        size: z.tuple([z.int().min(1), z.int().min(1)]).default([3, 3]),
        note: z.string().default(''),
        axes: z.array(z.int().min(0).max(7)).default([]),
        scope: z.preprocess((value) => value, z.array(z.string())).default([]),
        other: z.record(z.string(), z.number()).default({}),
      }),
    );
    const number = { control: 'number', step: undefined, logarithmic: false, unit: undefined };
    expect(fields).toEqual([
      { ...number, key: 'units', defaultValue: 4, integer: true, min: 1, max: 10 },
      {
        ...number,
        key: 'rate',
        defaultValue: 0.001,
        integer: false,
        min: 1e-6,
        max: undefined,
        logarithmic: true,
      },
      { ...number, key: 'share', defaultValue: 0.5, integer: false, min: 0, max: 1, step: 0.05 },
      { key: 'bias', defaultValue: true, control: 'switch' },
      { key: 'padding', defaultValue: 'same', control: 'choice', options: ['same', 'valid'] },
      {
        key: 'size',
        defaultValue: [3, 3],
        control: 'pair',
        items: [
          { ...number, integer: true, min: 1, max: undefined },
          { ...number, integer: true, min: 1, max: undefined },
        ],
      },
      { key: 'note', defaultValue: '', control: 'text' },
      {
        key: 'axes',
        defaultValue: [],
        control: 'numbers',
        item: { ...number, integer: true, min: 0, max: 7 },
      },
      { key: 'scope', defaultValue: [], control: 'words', nodes: false },
      { key: 'other', defaultValue: {}, control: 'json' },
    ]);
  });

  it.each(nodeDefinitions.map((definition) => [definition.kind, definition] as const))(
    'gives every parameter of %s a control of its own and a label',
    (_, definition) => {
      for (const field of formFields(definition.params)) {
        expect(field.control).not.toBe('json');
        expect(definition.text.params[field.key]?.label).toBeTruthy();
        expect(field.defaultValue).toBeDefined();
      }
    },
  );
});
