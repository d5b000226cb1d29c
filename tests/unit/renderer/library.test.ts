import { describe, expect, it } from 'vitest';
import { searchNodes } from '#renderer/library/searchNodes.ts';
import { categories } from '#renderer/ui/categories.ts';
import { hasIcon } from '#renderer/ui/Glyph.tsx';
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

  it('shows every node type, in a category and with an icon', () => {
    for (const { category, icon } of nodeDefinitions) {
      expect(categories).toContain(category);
      expect(hasIcon(icon)).toBe(true);
    }
  });
});
