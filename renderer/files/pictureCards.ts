import type { Analysis } from '#shared/compile/plan.ts';
import { definitionOf } from '#shared/graph/definitionOf.ts';
import type { GraphDocument, NodeInstance } from '#shared/graph/document.ts';
import { resolvedNode } from '#shared/graph/resolveExpressions.ts';
import type { NodeDefinition, PortSpec } from '#shared/nodes/defineNode.ts';
import { formatType, type PortForm, type PortType, portForm } from '#shared/types/portType.ts';
import { inputKey, outputKey } from '../canvas/connecting.ts';
import { documentIndex } from '../canvas/documentIndex.ts';
import type { Box } from '../canvas/wirePath.ts';
import { i18n } from '../i18n/i18n.ts';
import { definitionText, summaryLines } from '../i18n/nodeText.ts';
import { categoryColor, portColor } from '../ui/categories.ts';
import { formatQuantity } from '../ui/format.ts';
import { escapeXml } from './pictureGraph.ts';

export type Measure = (text: string, font: 'ui' | 'mono', size: number) => number;

/** What a picture is drawn with. */
export interface Pen {
  /** Value of a colour that is named by a token, such as `var(--canvas)`. */
  readonly color: (token: string) => string;
  /** Width of a text in pixels. */
  readonly measure: Measure;
  /** What is inside the `<svg>` of an icon; undefined is the one of unknown kinds. */
  readonly icon: (name: string | undefined) => string;
}

export interface CardOptions extends Pen {
  readonly graph: GraphDocument;
  /** The whole of which the graph may be a block: it has the variables. */
  readonly document: GraphDocument;
  readonly analysis: Analysis;
  readonly isFolded: (id: string) => boolean;
}

interface PortRow {
  readonly id: string;
  readonly label: string;
  readonly shape: string;
  readonly form: PortForm;
  readonly wired: boolean;
  /** From the top of the card. */
  readonly y: number;
}

export interface PictureCard extends Box {
  readonly node: NodeInstance;
  readonly title: string;
  readonly badge: string;
  readonly icon: string | undefined;
  readonly color: string;
  readonly known: boolean;
  readonly folded: boolean;
  readonly inputs: readonly PortRow[];
  readonly outputs: readonly PortRow[];
  readonly lines: readonly string[];
}

// The measures of the cards on the canvas (ui/canvas.css).
const HEADER = 30;
const ROW = 20;
const LINE = 15;
const PAD = { top: 6, side: 10, bottom: 9, sum: 2 };
const WIDTH = { least: 132, most: 192, folded: 96 };
/** Beside the title: the icon before it, and what lies between them and the edges. */
const BESIDE_TITLE = 41;
const BETWEEN_LABELS = 14;
const FROZEN = 19;

/** A text that fits into a width, with an ellipsis where it is cut. */
export function cutText(text: string, width: number, measure: (text: string) => number): string {
  if (measure(text) <= width) return text;
  const letters = [...text];
  while (letters.length > 1 && measure(`${letters.join('')}…`) > width) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}

/** A text as lines of at most this width; a word that is longer is broken. */
export function wrapText(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  // Chinese breaks between any two of its characters.
  for (const piece of text.match(/\p{Script=Han}|[^\s\p{Script=Han}]+|\s+/gu) ?? []) {
    if (measure((line + piece).trimEnd()) <= width) {
      line += piece;
      continue;
    }
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = '';
    for (const letter of piece.trimStart()) {
      if (line !== '' && measure(line + letter) > width) {
        lines.push(line);
        line = '';
      }
      line += letter;
    }
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  return lines;
}

const formOf = (type: PortType | undefined, spec: PortSpec): PortForm =>
  type ? portForm(type) : spec.type === 'loss' ? 'loss' : 'tensor';

function knownPorts(node: NodeInstance, definition: NodeDefinition, { graph, analysis }: CardOptions) {
  const text = definitionText(definition);
  const types = analysis.nodes.get(node.id);
  const { wired } = documentIndex(graph);
  const { inputs, outputs } = definition.ports;
  return {
    inputs: inputs.map((spec) => ({
      id: spec.id,
      label: text.ports[spec.id] ?? spec.id,
      shape: '',
      form: formOf(types?.inputs[spec.id]?.[0], spec),
      wired: wired.has(inputKey({ node: node.id, port: spec.id })),
    })),
    outputs: outputs.map((spec) => {
      const type = types?.outputs[spec.id];
      const shape = type?.type === 'tensor' ? formatType(type) : '';
      const name = text.ports[spec.id] ?? spec.id;
      return {
        id: spec.id,
        label: outputs.length > 1 || shape === '' ? name : '',
        shape,
        form: formOf(type, spec),
        wired: wired.has(outputKey({ node: node.id, port: spec.id })),
      };
    }),
  };
}

/** A kind that this version does not know has the ports that its wires use. */
function usedPorts(node: NodeInstance, { graph }: CardOptions) {
  const row = (id: string) => ({ id, label: id, shape: '', form: 'tensor' as const, wired: true });
  const into = graph.edges.filter(({ to }) => to.node === node.id).map(({ to }) => to.port);
  const out = graph.edges.filter(({ from }) => from.node === node.id).map(({ from }) => from.port);
  return { inputs: [...new Set(into)].map(row), outputs: [...new Set(out)].map(row) };
}

export function pictureCard(node: NodeInstance, options: CardOptions): PictureCard {
  const { graph, document, analysis, measure } = options;
  const definition = definitionOf(graph, node);
  const folded = options.isFolded(node.id);
  const title = node.title || (definition ? definitionText(definition).title : node.kind);
  const ports = definition ? knownPorts(node, definition, options) : usedPorts(node, options);
  const parsed = definition?.params.safeParse(resolvedNode(node, document).params);
  const summary = definition && parsed?.success && !folded ? summaryLines(definition, parsed.data) : [];
  const count = analysis.nodes.get(node.id)?.parameterCount ?? 0;
  const badge = node.off ? i18n.t(`canvas.${node.off}`) : count > 0 ? formatQuantity(count) : '';
  const rows = folded ? 0 : Math.max(ports.inputs.length, ports.outputs.length);
  const labelWidth = (row: Omit<PortRow, 'y'> | undefined): number =>
    row
      ? measure(row.label, 'ui', 11) + measure(row.shape, 'mono', 10) + (row.label && row.shape ? 6 : 0)
      : 0;
  const besideTitle =
    BESIDE_TITLE + (badge === '' ? 0 : measure(badge, 'mono', 10) + 13) + (node.frozen ? FROZEN : 0);
  const wanted = Math.max(
    measure(title, 'ui', 12) + besideTitle,
    ...Array.from(
      { length: rows },
      (_, row) =>
        labelWidth(ports.inputs[row]) + labelWidth(ports.outputs[row]) + BETWEEN_LABELS + 2 * PAD.side,
    ),
    ...summary.map((line) => measure(line, 'ui', 11) + 2 * PAD.side),
  );
  const width = Math.ceil(Math.min(WIDTH.most, Math.max(folded ? WIDTH.folded : WIDTH.least, wanted)));
  const lines = summary.flatMap((line) =>
    wrapText(line, width - 2 * PAD.side, (text) => measure(text, 'ui', 11)),
  );
  const sum = lines.length > 0 ? PAD.sum + lines.length * LINE : 0;
  const height = folded ? HEADER : HEADER + PAD.top + rows * ROW + sum + PAD.bottom;
  const placed = (row: Omit<PortRow, 'y'>, index: number): PortRow => ({
    ...row,
    y: folded ? HEADER / 2 : HEADER + PAD.top + index * ROW + ROW / 2,
  });
  const { x, y } = node.position;
  return {
    id: node.id,
    node,
    title: cutText(title, width - besideTitle, (text) => measure(text, 'ui', 12)),
    badge,
    icon: definition?.icon,
    color: definition ? categoryColor[definition.category] : 'var(--c-shape)',
    known: definition !== undefined,
    folded,
    inputs: ports.inputs.map(placed),
    outputs: ports.outputs.map(placed),
    lines,
    left: x,
    top: y,
    right: x + width,
    bottom: y + height,
  };
}

/** The mark of a port: its form says the type as well as its colour does, and a free one is hollow. */
function portMark({ form, wired }: PortRow, x: number, y: number, color: Pen['color']): string {
  const own = color(portColor[form]);
  const ink = wired ? `fill="${own}"` : `fill="${color('var(--canvas)')}" stroke="${own}" stroke-width="1.5"`;
  const points = (list: readonly [number, number][]): string =>
    `<polygon points="${list.map(([dx, dy]) => `${x + dx},${y + dy}`).join(' ')}" ${ink}/>`;
  if (form === 'image') return `<rect x="${x - 5}" y="${y - 5}" width="10" height="10" rx="2" ${ink}/>`;
  if (form === 'tokens')
    return points([
      [-6, 0],
      [0, -6],
      [6, 0],
      [0, 6],
    ]);
  if (form === 'graph')
    return points([
      [-6, 0],
      [-3, -5],
      [3, -5],
      [6, 0],
      [3, 5],
      [-3, 5],
    ]);
  if (form === 'optimizer')
    return `<circle cx="${x}" cy="${y}" r="4" fill="none" stroke="${own}" stroke-width="2.5"/>`;
  return `<circle cx="${x}" cy="${y}" r="5" ${ink}/>`;
}

export const MONO = `font-family="'Fira Mono', 'Noto Sans SC Variable', ui-monospace, monospace"`;

export function drawCard(card: PictureCard, pen: Pen): string {
  const { color, measure } = pen;
  const { node, left, top, right, bottom, folded, known } = card;
  const { off } = node;
  const width = right - left;
  const ink = (token: string): string => `fill="${color(token)}"`;
  const text = (content: string, x: number, y: number, style: string): string =>
    content === '' ? '' : `<text x="${x}" y="${y}" ${style}>${escapeXml(content)}</text>`;
  const icon = (name: string | undefined, x: number, y: number, token: string): string =>
    `<svg x="${x}" y="${y}" width="12" height="12" viewBox="0 0 24 24" fill="none" stroke="${color(token)}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${pen.icon(name)}</svg>`;
  const own = color(off ? 'var(--text-3)' : card.color);
  const outline = off || !known ? 'var(--control-line)' : 'var(--line-strong)';
  const head = `fill="${own}" fill-opacity="${off ? 0.12 : 0.3}"`;
  const sumTop = bottom - PAD.bottom - card.lines.length * LINE;
  const label = off ? 'var(--text-3)' : 'var(--text-2)';
  // A bypassed node hands on what comes in: a line leads through it in place of the names.
  const labels = folded || off === 'bypassed' ? null : card;
  const titleEnd = left + 32 + measure(card.title, 'ui', 12);
  return [
    '<g data-card="">',
    `<rect x="${left}" y="${top}" width="${width}" height="${bottom - top}" rx="10" ${ink('var(--node)')} stroke="${color(outline)}"${off || !known ? ' stroke-dasharray="4 3"' : ''}/>`,
    folded
      ? `<rect x="${left}" y="${top}" width="${width}" height="${HEADER}" rx="10" ${head}/>`
      : `<path d="M${left} ${top + HEADER}v${10 - HEADER}a10 10 0 0 1 10-10h${width - 20}a10 10 0 0 1 10 10v${HEADER - 10}z" ${head}/>`,
    `<rect x="${left + 6}" y="${top + 5.5}" width="19" height="19" rx="5" fill="${own}"/>`,
    icon(card.icon, left + 9.5, top + 9, 'var(--on-cat)'),
    text(card.title, left + 32, top + 19, `${ink('var(--text)')} font-size="12" font-weight="500"`),
    node.frozen ? icon('snowflake', titleEnd + 7, top + 9, 'var(--info)') : '',
    text(
      card.badge,
      right - 9,
      top + 18.5,
      `${ink('var(--text-2)')} font-size="10" text-anchor="end" ${MONO}`,
    ),
    off === 'bypassed' && !folded
      ? `<path d="M${left} ${top + HEADER + PAD.top + ROW / 2}h${width}" stroke="${color('var(--control-line)')}" stroke-width="2" stroke-dasharray="2 3"/>`
      : '',
    ...(labels?.inputs ?? []).map((port) =>
      text(port.label, left + PAD.side, top + port.y + 4, `${ink(label)} font-size="11"`),
    ),
    ...(labels?.outputs ?? []).flatMap((port) => {
      const shapeWidth = port.shape === '' ? 0 : measure(port.shape, 'mono', 10) + 6;
      return [
        text(
          port.shape,
          right - PAD.side,
          top + port.y + 3.5,
          `${ink(label)} font-size="10" text-anchor="end" ${MONO}`,
        ),
        text(
          port.label,
          right - PAD.side - shapeWidth,
          top + port.y + 4,
          `${ink(label)} font-size="11" text-anchor="end"`,
        ),
      ];
    }),
    ...card.lines.map((line, index) =>
      text(line, left + PAD.side, sumTop + index * LINE + 11, `${ink('var(--text-3)')} font-size="11"`),
    ),
    ...card.inputs.map((port) => portMark(port, left, top + port.y, color)),
    ...card.outputs.map((port) => portMark(port, right, top + port.y, color)),
    '</g>',
  ].join('');
}
