/** A piece of running text. */
export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis' | 'strike'; readonly inside: readonly Inline[] }
  | { readonly kind: 'link'; readonly address: string; readonly inside: readonly Inline[] };

export interface ListItem {
  readonly inside: readonly Inline[];
  /** Of a list of things to do. */
  readonly done: boolean | null;
  readonly depth: number;
}

/** A paragraph, or what stands in place of one. */
export type Block =
  | { readonly kind: 'paragraph' | 'quote'; readonly lines: readonly (readonly Inline[])[] }
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly inside: readonly Inline[] }
  | {
      readonly kind: 'list';
      /** The first number of an ordered one. */
      readonly start: number | null;
      readonly items: readonly ListItem[];
    }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'rule' };

const MARKS = [
  { mark: '**', kind: 'strong' },
  { mark: '__', kind: 'strong' },
  { mark: '~~', kind: 'strike' },
  { mark: '*', kind: 'emphasis' },
  { mark: '_', kind: 'emphasis' },
] as const;

// An address may have pairs of brackets in it, as those of encyclopaedias do. Of a picture its name is shown.
const LINK = /^!?\[([^[\]]{1,500})\]\((https?:\/\/(?:[^\s()<>]|\([^\s()<>]{0,200}\)){1,2000})\)/;
const ADDRESS =
  /^https?:\/\/(?:[^\s<>()]|\([^\s()<>]{0,200}\)){0,2000}(?:[^\s<>().,;:!?'"]|\([^\s()<>]{0,200}\))/;
const WORD = /[\p{L}\p{N}]/u;
/** Marks within marks go no deeper. */
const MAX_DEPTH = 6;

/** What begins at `at`, and how long it is; undefined for a letter that means itself. */
function special(text: string, at: number, depth: number): { piece: Inline; length: number } | undefined {
  const letter = text[at];
  if (letter === '`') {
    const end = text.indexOf('`', at + 1);
    if (end > at + 1) return { piece: { kind: 'code', text: text.slice(at + 1, end) }, length: end + 1 - at };
  }
  if (letter === '[' || (letter === '!' && text[at + 1] === '[')) {
    const [whole, label = '', address = ''] = LINK.exec(text.slice(at, at + 2600)) ?? [];
    if (whole) {
      return { piece: { kind: 'link', address, inside: inlines(label, depth + 1) }, length: whole.length };
    }
  }
  if (letter === 'h' && !WORD.test(text[at - 1] ?? ' ')) {
    const [address] = ADDRESS.exec(text.slice(at, at + 2100)) ?? [];
    if (address) {
      return {
        piece: { kind: 'link', address, inside: [{ kind: 'text', text: address }] },
        length: address.length,
      };
    }
  }
  const found = MARKS.find(({ mark }) => text.startsWith(mark, at));
  if (!found || depth >= MAX_DEPTH) return undefined;
  const { mark, kind } = found;
  const start = at + mark.length;
  const end = text.indexOf(mark, start + 1);
  const opens = /\S/.test(text[start] ?? ' ') && !(mark.startsWith('_') && WORD.test(text[at - 1] ?? ' '));
  if (end < 0 || !opens || /\s/.test(text[end - 1] ?? ' ')) return undefined;
  return {
    piece: { kind, inside: inlines(text.slice(start, end), depth + 1) },
    length: end + mark.length - at,
  };
}

function inlines(text: string, depth = 0): readonly Inline[] {
  const pieces: Inline[] = [];
  let plain = '';
  let at = 0;
  while (at < text.length) {
    const escaped = text[at] === '\\' && /[\\`*_~[\]#>-]/.test(text[at + 1] ?? '');
    const found = escaped ? undefined : special(text, at, depth);
    if (found) {
      if (plain !== '') pieces.push({ kind: 'text', text: plain });
      plain = '';
      pieces.push(found.piece);
      at += found.length;
    } else {
      plain += text[escaped ? at + 1 : at] ?? '';
      at += escaped ? 2 : 1;
    }
  }
  if (plain !== '') pieces.push({ kind: 'text', text: plain });
  return pieces;
}

const HEADING = /^(#{1,6}) +(.+)$/;
/** Deeper headings look like the last that is told apart. */
const DEEPEST = 3;
const ITEM = /^( {0,8})(?:[-*+]|\d{1,4}[.)]) +(?:\[([ xX])\] +)?(.*)$/;
const ORDERED = /^ {0,8}(\d{1,4})[.)]/;
/** A line that goes on with the item above it. */
const GOES_ON = /^ {2,}\S/;
const QUOTE = /^> ?(.*)$/;
const RULE = /^(?:-{3,}|\*{3,}|_{3,})$/;
const FENCE = /^```/;

const startsBlock = (line: string): boolean =>
  line.trim() === '' || [HEADING, ITEM, QUOTE, RULE, FENCE].some((form) => form.test(line));

function listItem(line: string): ListItem {
  const [, indent = '', mark, text = ''] = ITEM.exec(line) ?? [];
  return {
    inside: inlines(text),
    done: mark === undefined ? null : mark !== ' ',
    depth: Math.min(3, Math.floor(indent.length / 2)),
  };
}

/**
 * Reads the part of Markdown that notes are written in: headings, lists, things to do, quotes, code, rules,
 * emphasis, links. Anything else, HTML among it, is text that means itself.
 */
export function parseMarkdown(text: string): readonly Block[] {
  const lines = text.replaceAll('\r\n', '\n').replaceAll('\t', '  ').split('\n');
  const blocks: Block[] = [];
  let at = 0;
  const linesWhile = (holds: (line: string) => boolean): readonly string[] => {
    const start = at;
    while (at < lines.length && holds(lines[at] ?? '')) at += 1;
    return lines.slice(start, at);
  };
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const [, marks = '', title = ''] = HEADING.exec(line) ?? [];
    if (line.trim() === '') at += 1;
    else if (FENCE.test(line)) {
      at += 1;
      blocks.push({ kind: 'code', text: linesWhile((inside) => !FENCE.test(inside)).join('\n') });
      at += 1;
    } else if (title !== '') {
      const level = Math.min(DEEPEST, marks.length) as 1 | 2 | 3;
      blocks.push({ kind: 'heading', level, inside: inlines(title) });
      at += 1;
    } else if (RULE.test(line)) {
      blocks.push({ kind: 'rule' });
      at += 1;
    } else if (QUOTE.test(line)) {
      const quoted = linesWhile((inside) => QUOTE.test(inside)).map((inside) => inside.replace(QUOTE, '$1'));
      blocks.push({ kind: 'quote', lines: quoted.map((inside) => inlines(inside)) });
    } else if (ITEM.test(line)) {
      const items: string[] = [];
      for (const inside of linesWhile(
        (next) => ITEM.test(next) || (GOES_ON.test(next) && !FENCE.test(next.trim())),
      )) {
        if (ITEM.test(inside)) items.push(inside);
        else items.push(`${items.pop() ?? ''} ${inside.trim()}`);
      }
      const [, first] = ORDERED.exec(line) ?? [];
      const start = first === undefined ? null : Number(first);
      blocks.push({ kind: 'list', start, items: items.map(listItem) });
    } else {
      at += 1;
      const more = linesWhile((inside) => !startsBlock(inside));
      blocks.push({ kind: 'paragraph', lines: [line, ...more].map((inside) => inlines(inside)) });
    }
  }
  return blocks;
}
