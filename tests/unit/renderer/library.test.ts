import { describe, expect, it } from 'vitest';
import { searchNodes } from '#renderer/library/searchNodes.ts';
import { categories } from '#renderer/ui/categories.ts';
import { hasIcon } from '#renderer/ui/Glyph.tsx';
import { speakOfNodes } from '#shared/i18n/nodeTexts.ts';
import { nodeTranslation } from '#shared/i18n/zh/nodes/nodeTranslation.ts';
import { nodeDefinitions } from '#shared/nodes/registry.ts';

describe('the library', () => {
  it('finds nodes by title, alias and description, best first', () => {
    expect(searchNodes('dense')[0]?.kind).toBe('dense');
    expect(searchNodes('fully connected')[0]?.kind).toBe('dense');
    expect(searchNodes('digits')[0]?.kind).toBe('mnist');
    expect(searchNodes('MAX POOL')[0]?.kind).toBe('max-pool2d');
    expect(searchNodes('no such thing')).toEqual([]);
    expect(searchNodes('  ')).toHaveLength(nodeDefinitions.length);
  });

  it('finds nodes by what people want of them, in whole sentences and in Chinese', () => {
    const kinds = (query: string) => searchNodes(query).map(({ kind }) => kind);
    expect(kinds('reduces overfitting')[0]).toBe('dropout');
    expect(kinds('reduces overfitting')).toContain('spatial-dropout');
    expect(kinds('reduces overfitting')).not.toContain('reduce');
    expect(kinds('dropuot')[0]).toBe('dropout');
    expect(kinds('prevents vanishing gradients')).toContain('lstm');
    speakOfNodes(nodeTranslation);
    expect(kinds('防止过拟合')[0]).toBe('dropout');
    expect(kinds('减少过拟合')).toContain('dropout');
    expect(kinds('卷积')).toContain('conv2d');
    expect(kinds('随机失活')[0]).toBe('dropout');
    speakOfNodes(null);
  });

  it('shows every node type, in a category and with an icon', () => {
    for (const { category, icon } of nodeDefinitions) {
      expect(categories).toContain(category);
      expect(hasIcon(icon)).toBe(true);
    }
  });
});
