import { describe, expect, it } from 'vitest';
import { formatDevice, formatFailure, speak } from '#main/services/messages.ts';
import { formatProblem } from '#main/services/problemMessages.ts';
import { en } from '#shared/i18n/en.ts';
import { hostTexts } from '#shared/i18n/hostTexts.ts';

/** Every name that a message may ask for. */
function valuesFor(text: string): Record<string, string | number> {
  const names = [...text.matchAll(/\{(\w+)(?:\}|, (\w+))/g)];
  return Object.fromEntries(names.map(([, name = '', type]) => [name, type === undefined ? `«${name}»` : 3]));
}

describe('texts', () => {
  it.each(Object.entries(hostTexts.failures))('of the failure %s can be written', (code, text) => {
    const written = formatFailure(code as keyof typeof hostTexts.failures, valuesFor(text));
    expect(written).not.toMatch(/[{}]/);
    expect(written.length).toBeGreaterThan(20);
  });

  it.each(Object.entries(en.problems))('of the problem %s can be written', (code, text) => {
    const written = formatProblem({ code, severity: 'error', data: valuesFor(text) });
    expect(written).not.toMatch(/[{}]/);
  });

  it('of what an engine computes on say threads and cards in the language that is spoken', () => {
    const engine = { label: 'TensorFlow', notes: [] };
    const processor = { ...engine, id: 'tensorflow-cpu', device: 'CPU', threads: 2 } as const;
    const card = { ...engine, id: 'tensorflow-cuda', device: 'NVIDIA L4 · 24 GB', cards: 2 } as const;
    expect(formatDevice(processor)).toBe('CPU · 2 threads');
    expect(formatDevice(card)).toBe('NVIDIA L4 · 24 GB (1 of 2 cards)');
    expect(formatDevice({ ...card, cards: 1 })).toBe('NVIDIA L4 · 24 GB');
    speak('zh');
    try {
      expect(formatDevice(processor)).toBe('CPU · 2 线程');
    } finally {
      speak('en');
    }
  });

  it('name the node, and do without what is not known', () => {
    expect(
      formatProblem({ code: 'missing-input', severity: 'error', nodeId: 'dense-1', data: { port: 'x' } }),
    ).toContain('dense-1');
    expect(formatProblem({ code: 'duplicate-node-id', severity: 'error', data: { id: 'a' } })).toBe(
      'Two nodes have the id “a”. Give one of them another id.',
    );
    expect(formatProblem({ code: 'from-the-future', severity: 'error', data: {} })).toBe('from-the-future');
  });
});
