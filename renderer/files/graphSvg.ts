import type { Analysis } from '#shared/compile/plan.ts';
import { definitionOf } from '#shared/graph/definitionOf.ts';
import { edgeId, type GraphDocument, type NodeInstance } from '#shared/graph/document.ts';
import { resolvedNode } from '#shared/graph/resolveExpressions.ts';
import { formatType, type PortForm, portForm } from '#shared/types/portType.ts';
import { type Box, wireLane, wirePath } from '../canvas/wirePath.ts';
import { nodeText, summaryLines } from '../i18n/nodeText.ts';
import { categoryColor, portColor } from '../ui/categories.ts';
import { escapeXml, svgMetadata } from './pictureGraph.ts';

export interface PictureOptions {
  readonly graph: GraphDocument;
  readonly analysis: Analysis;
  /** Value of a colour that is named by a token, such as `var(--canvas)`. */
  readonly color: (token: string) => string;
  /** Width of a text in pixels. */
  readonly measure: (text: string, font: 'ui' | 'mono', size: number) => number;
  /** `@font-face` rules, so that the picture looks the same where the fonts are not installed. */
  readonly fontFaces: string;
  /** The graph as text, to be found again in the picture. */
  readonly source: string;
}

interface PortRow {
  readonly id: string;
  readonly label: string;
  readonly form: PortForm;
  /** From the top of the card. */
  readonly y: number;
}

interface Card extends Box {
  readonly node: NodeInstance;
  readonly title: string;
  readonly color: string;
  readonly inputs: readonly PortRow[];
  readonly outputs: readonly PortRow[];
  readonly lines: readonly string[];
}

// The measures of the cards on the canvas (ui/canvas.css).
const HEADER = 30;
const ROW = 20;
const LINE = 15;
const PAD = { top: 6, side: 10, bottom: 9 };
const MIN_WIDTH = 132;
const MARGIN = 32;

function cardOf(node: NodeInstance, { graph, analysis, measure }: PictureOptions): Card {
  const definition = definitionOf(graph, node);
  const text = nodeText(node.kind) ?? definition?.text;
  const title = node.title || (text?.title ?? node.kind);
  const types = analysis.nodes.get(node.id);
  const rowY = (row: number): number => HEADER + PAD.top + row * ROW + ROW / 2;
  const inputs = (definition?.ports.inputs ?? []).map(({ id, type }, row): PortRow => {
    const known = types?.inputs[id]?.[0];
    const form = known ? portForm(known) : type === 'loss' ? 'loss' : 'tensor';
    return { id, label: text?.ports[id] ?? id, form, y: rowY(row) };
  });
  const outputs = (definition?.ports.outputs ?? []).map(({ id, type }, row, all): PortRow => {
    const known = types?.outputs[id];
    const form = known ? portForm(known) : type === 'loss' ? 'loss' : 'tensor';
    const name = text?.ports[id] ?? id;
    const shape = known?.type === 'tensor' ? formatType(known) : '';
    return { id, label: all.length > 1 ? `${name} ${shape}`.trim() : shape || name, form, y: rowY(row) };
  });
  const parsed = definition?.params.safeParse(resolvedNode(node, graph).params);
  const lines = definition && parsed?.success ? summaryLines(definition, parsed.data) : [];
  const rows = Math.max(inputs.length, outputs.length);
  const widths = [
    MIN_WIDTH,
    measure(title, 'ui', 12) + 36,
    ...Array.from({ length: rows }, (_, row) => {
      const left = inputs[row] ? measure(inputs[row].label, 'ui', 11) : 0;
      const right = outputs[row] ? measure(outputs[row].label, 'mono', 10) : 0;
      return left + right + 14 + 2 * PAD.side;
    }),
    ...lines.map((line) => measure(line, 'ui', 11) + 2 * PAD.side),
  ];
  const { x, y } = node.position;
  const height = HEADER + PAD.top + rows * ROW + lines.length * LINE + PAD.bottom;
  return {
    id: node.id,
    node,
    title,
    color: definition ? categoryColor[definition.category] : 'var(--c-shape)',
    inputs,
    outputs,
    lines,
    left: x,
    top: y,
    right: x + Math.ceil(Math.max(...widths)),
    bottom: y + height,
  };
}

/** The mark of a port: its form says the type as well as its colour does. */
function portMark({ form }: PortRow, x: number, y: number, fill: string): string {
  const points = (list: readonly [number, number][]): string =>
    `<polygon points="${list.map(([dx, dy]) => `${x + dx},${y + dy}`).join(' ')}" fill="${fill}"/>`;
  if (form === 'image')
    return `<rect x="${x - 5}" y="${y - 5}" width="10" height="10" rx="2" fill="${fill}"/>`;
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
    return `<circle cx="${x}" cy="${y}" r="4" fill="none" stroke="${fill}" stroke-width="2.5"/>`;
  return `<circle cx="${x}" cy="${y}" r="5" fill="${fill}"/>`;
}

function drawCard(card: Card, color: PictureOptions['color']): string {
  const { left, top, right, bottom } = card;
  const width = right - left;
  const own = color(card.color);
  const text = (content: string, x: number, y: number, style: string): string =>
    content === '' ? '' : `<text x="${x}" y="${y}" ${style}>${escapeXml(content)}</text>`;
  const ui = (size: number, token: string): string => `font-size="${size}" fill="${color(token)}"`;
  const rows = Math.max(card.inputs.length, card.outputs.length);
  return [
    `<g opacity="${card.node.off ? 0.5 : 1}">`,
    `<rect x="${left}" y="${top}" width="${width}" height="${bottom - top}" rx="10" fill="${color('var(--node)')}" stroke="${color('var(--line-strong)')}"/>`,
    `<path d="M${left} ${top + HEADER}v${-HEADER + 10}a10 10 0 0 1 10-10h${width - 20}a10 10 0 0 1 10 10v${HEADER - 10}z" fill="${own}" fill-opacity=".3"/>`,
    `<rect x="${left + 8}" y="${top + 9}" width="12" height="12" rx="3" fill="${own}"/>`,
    text(card.title, left + 27, top + 19, `${ui(12, 'var(--text)')} font-weight="500"`),
    ...card.inputs.map((port) =>
      text(port.label, left + PAD.side + 2, top + port.y + 4, ui(11, 'var(--text-2)')),
    ),
    ...card.outputs.map((port) =>
      text(
        port.label,
        right - PAD.side - 2,
        top + port.y + 4,
        `${ui(10, 'var(--text-2)')} text-anchor="end" font-family="'Fira Mono', ui-monospace, monospace"`,
      ),
    ),
    ...card.lines.map((line, index) =>
      text(
        line,
        left + PAD.side,
        top + HEADER + PAD.top + rows * ROW + index * LINE + 11,
        ui(11, 'var(--text-3)'),
      ),
    ),
    ...card.inputs.map((port) => portMark(port, left, top + port.y, color(portColor[port.form]))),
    ...card.outputs.map((port) => portMark(port, right, top + port.y, color(portColor[port.form]))),
    '</g>',
  ].join('');
}

/** A graph drawn as an SVG document of its own, from the document rather than from the screen. */
export function graphSvg(options: PictureOptions): { svg: string; width: number; height: number } {
  const { graph, color, fontFaces, source } = options;
  const cards = graph.nodes.map((node) => cardOf(node, options));
  const byId = new Map(cards.map((card) => [card.id, card]));
  const frames = graph.frames ?? [];
  const edgesOf = [
    ...cards,
    ...frames.map(({ position, size }) => ({
      left: position.x,
      top: position.y,
      right: position.x + size.width,
      bottom: position.y + size.height,
    })),
  ];
  const left = Math.min(...edgesOf.map((box) => box.left)) - MARGIN;
  const top = Math.min(...edgesOf.map((box) => box.top)) - MARGIN;
  const width = Math.max(...edgesOf.map((box) => box.right)) + MARGIN - left;
  const height = Math.max(...edgesOf.map((box) => box.bottom)) + MARGIN - top;

  const wires = graph.edges.map((edge) => {
    const from = byId.get(edge.from.node);
    const to = byId.get(edge.to.node);
    const out = from?.outputs.find(({ id }) => id === edge.from.port);
    const into = to?.inputs.find(({ id }) => id === edge.to.port);
    if (!from || !to || !out || !into) return '';
    const ends = {
      sourceX: from.right,
      sourceY: from.top + out.y,
      targetX: to.left,
      targetY: to.top + into.y,
    };
    const [path] = wirePath(ends, wireLane(ends, cards, [from.id, to.id]));
    return `<path d="${path}" data-wire="${escapeXml(edgeId(edge))}" stroke="${color(portColor[out.form])}"/>`;
  });
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}" font-family="'Fira Sans', 'Segoe UI', 'Noto Sans SC', sans-serif">`,
    `<title>${escapeXml(graph.name)}</title>`,
    svgMetadata(source),
    `<style>${fontFaces}</style>`,
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${color('var(--canvas)')}"/>`,
    ...frames.map(
      ({ title, position, size }) =>
        `<rect x="${position.x}" y="${position.y}" width="${size.width}" height="${size.height}" rx="12" fill="${color('var(--text-3)')}" fill-opacity=".08" stroke="${color('var(--line-strong)')}"/><text x="${position.x + 12}" y="${position.y + 20}" font-size="12" fill="${color('var(--text-2)')}">${escapeXml(title)}</text>`,
    ),
    `<g fill="none" stroke-width="2">${wires.join('')}</g>`,
    ...cards.map((card) => drawCard(card, color)),
    '</svg>',
  ].join('\n');
  return { svg, width, height };
}
