import type { Frame, Note } from '#shared/graph/document.ts';
import { type Block, type Inline, parseMarkdown } from '../ui/markdown.ts';
import { MONO, type Pen, wrapText } from './pictureCards.ts';
import { escapeXml } from './pictureGraph.ts';

// The measures of notes on the canvas (ui/notes.css).
const PAD = { side: 12, top: 8 };
const BETWEEN = 6;
const INDENT = 18;
const BODY = { size: 12, height: 18, bold: false, mono: false };
const HEADINGS = {
  1: { size: 15, height: 20, bold: true, mono: false },
  2: { size: 13, height: 18, bold: true, mono: false },
  3: { size: 12, height: 18, bold: true, mono: false },
} as const;
const CODE = { size: 11, height: 18, bold: false, mono: true };

type Style = typeof BODY | typeof CODE | (typeof HEADINGS)[1 | 2 | 3];

/** Colours of frames and notes, as tokens (ui/canvas.css). */
export const frameToken: Readonly<Record<Frame['color'], string>> = {
  neutral: 'var(--c-shape)',
  teal: 'var(--c-data)',
  blue: 'var(--c-dense)',
  violet: 'var(--c-conv)',
  orange: 'var(--c-recurrent)',
  pink: 'var(--c-attention)',
  green: 'var(--c-graph)',
};

/** Running text as what is read: the forms within a line are left out of a picture. */
const plain = (pieces: readonly Inline[]): string =>
  pieces.map((piece) => ('text' in piece ? piece.text : plain(piece.inside))).join('');

interface Line {
  readonly text: string;
  readonly indent: number;
  readonly style: Style;
  /** What stands before it, in the indent. */
  readonly mark: string;
  /** Room above it. */
  readonly above: number;
}

function linesOf(block: Block): Omit<Line, 'above'>[] {
  const line = (text: string, style: Style = BODY, indent = 0, mark = '') => ({ text, style, indent, mark });
  switch (block.kind) {
    case 'heading':
      return [line(plain(block.inside), HEADINGS[block.level])];
    case 'code':
      return block.text.split('\n').map((text) => line(text, CODE));
    case 'rule':
      return [line('———')];
    case 'quote':
      return block.lines.map((inside) => line(plain(inside), BODY, INDENT / 2, '│'));
    case 'paragraph':
      return block.lines.map((inside) => line(plain(inside)));
    case 'list':
      return block.items.map(({ inside, done, depth }, index) => {
        const mark =
          done === null ? (block.start !== null ? `${block.start + index}.` : '•') : done ? '☑' : '☐';
        return line(plain(inside), BODY, INDENT + 16 * depth, mark);
      });
  }
}

/** A note with its text, as far as it has room. */
export function drawNote({ text, color: name, position, size }: Note, pen: Pen): string {
  const { color, measure } = pen;
  const { x, y } = position;
  const own = color(frameToken[name]);
  const wide = size.width - 2 * PAD.side;
  const lines = parseMarkdown(text).flatMap((block, index) =>
    linesOf(block).map((line, at): Line => ({ ...line, above: at === 0 && index > 0 ? BETWEEN : 0 })),
  );
  let top = y + PAD.top;
  const bottom = y + size.height - PAD.top;
  const drawn: string[] = [];
  const write = (content: string, left: number, { size: letters, height, bold, mono }: Style): void => {
    const family = mono ? ` ${MONO}` : '';
    const weight = bold ? ' font-weight="500"' : '';
    drawn.push(
      `<text x="${left}" y="${top + height - 5}" font-size="${letters}"${weight}${family} fill="${color('var(--text)')}" xml:space="preserve">${escapeXml(content)}</text>`,
    );
  };
  for (const { text: content, indent, style, mark, above } of lines) {
    top += above;
    const parts = wrapText(content, wide - indent, (part) =>
      measure(part, style.mono ? 'mono' : 'ui', style.size),
    );
    for (const [index, part] of (parts.length > 0 ? parts : ['']).entries()) {
      if (top + style.height > bottom + 1) break;
      if (index === 0 && mark !== '') write(mark, x + PAD.side + Math.max(0, indent - INDENT) + 4, BODY);
      write(part, x + PAD.side + indent, style);
      top += style.height;
    }
  }
  return [
    `<rect x="${x}" y="${y}" width="${size.width}" height="${size.height}" rx="7" fill="${color('var(--panel)')}"/>`,
    `<rect x="${x}" y="${y}" width="${size.width}" height="${size.height}" rx="7" fill="${own}" fill-opacity=".16" stroke="${own}" stroke-opacity=".45"/>`,
    ...drawn,
  ].join('');
}

export function drawFrame({ title, color: name, position, size }: Frame, { color }: Pen): string {
  const own = color(frameToken[name]);
  return [
    `<rect x="${position.x}" y="${position.y}" width="${size.width}" height="${size.height}" rx="12" fill="${own}" fill-opacity=".09" stroke="${own}" stroke-opacity=".55"/>`,
    `<text x="${position.x + 14}" y="${position.y + 21}" font-size="13" font-weight="500" fill="${color('var(--text)')}">${escapeXml(title)}</text>`,
  ].join('');
}
