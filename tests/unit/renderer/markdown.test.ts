import { describe, expect, it } from 'vitest';
import { type Inline, parseMarkdown } from '#renderer/ui/markdown.ts';

const plain = (pieces: readonly Inline[]): string =>
  pieces.map((piece) => ('inside' in piece ? plain(piece.inside) : piece.text)).join('');
const running = (text: string): readonly Inline[] => {
  const [block] = parseMarkdown(text);
  if (block?.kind !== 'paragraph') throw new Error('not a paragraph');
  return block.lines[0] ?? [];
};

describe('Markdown of notes', () => {
  it('has headings, lists, things to do, quotes, code and rules', () => {
    const text =
      '# Plan\nfirst\nsecond\n\n- a\n  - b\n- [x] c\n\n1. one\n\n> said\n\n---\n```\n# no heading\n```';
    const blocks = parseMarkdown(text);
    expect(blocks.map(({ kind }) => kind)).toEqual([
      'heading',
      'paragraph',
      'list',
      'list',
      'quote',
      'rule',
      'code',
    ]);
    const [, paragraph, list, numbered] = blocks;
    expect(paragraph?.kind === 'paragraph' && paragraph.lines.map(plain)).toEqual(['first', 'second']);
    expect(
      list?.kind === 'list' && list.items.map(({ inside, done, depth }) => [plain(inside), done, depth]),
    ).toEqual([
      ['a', null, 0],
      ['b', null, 1],
      ['c', true, 0],
    ]);
    expect(numbered?.kind === 'list' && numbered.start).toBe(1);
    expect(list?.kind === 'list' && list.start).toBe(null);
  });

  it('has deeper headings, lists that begin later or go on in the next line, and names of pictures', () => {
    const [deep, list, picture] = parseMarkdown(
      '##### Deep\n3. third\n   goes on\n4. fourth\n\n![a cat](https://a.org/cat.png)',
    );
    expect(deep).toMatchObject({ kind: 'heading', level: 3 });
    expect(list?.kind === 'list' && [list.start, ...list.items.map(({ inside }) => plain(inside))]).toEqual([
      3,
      'third goes on',
      'fourth',
    ]);
    expect(picture?.kind === 'paragraph' && picture.lines[0]).toMatchObject([
      { kind: 'link', address: 'https://a.org/cat.png', inside: [{ kind: 'text', text: 'a cat' }] },
    ]);
  });

  it('has emphasis and links, and leaves marks that mean nothing alone', () => {
    expect(running('a **b *c*** `d*e` ~~f~~').map(({ kind }) => kind)).toEqual([
      'text',
      'strong',
      'text',
      'code',
      'text',
      'strike',
    ]);
    for (const text of ['2 * 3 * 4', 'snake_case_name', '**open', 'a ` b', '[x](y)', '\\']) {
      expect(running(text)).toEqual([{ kind: 'text', text }]);
    }
    expect(running('\\*no\\*')).toEqual([{ kind: 'text', text: '*no*' }]);
    expect(running('see [the **paper**](https://arxiv.org/abs/1).')[1]).toMatchObject({
      kind: 'link',
      address: 'https://arxiv.org/abs/1',
    });
    expect(running('(https://a.org/b).')[1]).toMatchObject({ address: 'https://a.org/b' });
    expect(running('[mean](https://a.org/Mean_(math))')).toMatchObject([
      { kind: 'link', address: 'https://a.org/Mean_(math)' },
    ]);
    expect(running('(see https://a.org/Mean_(math)).')[1]).toMatchObject({
      address: 'https://a.org/Mean_(math)',
    });
  });

  it('makes no link of an address that could do something, and no element of HTML', () => {
    for (const text of [
      '[x](javascript:alert(1))',
      '<img src=x onerror=alert(1)>',
      '[x](data:text/html,y)',
    ]) {
      expect(running(text)).toEqual([{ kind: 'text', text }]);
    }
  });

  it('reads hostile texts in no time', () => {
    for (const piece of [
      '*',
      '_',
      '**a ',
      '[',
      '[a](',
      '`a',
      '~~',
      '> ',
      '- ',
      '*a **b ',
      'http://',
      'http://(',
      '![a](http://x(',
    ]) {
      const start = performance.now();
      expect(parseMarkdown(piece.repeat(20_000 / piece.length)).length).toBeGreaterThan(0);
      expect(performance.now() - start, piece).toBeLessThan(2000);
    }
  });
});
