import { edgeId } from '#shared/graph/document.ts';
import { portForm } from '#shared/types/portType.ts';
import { type Box, wireLane, wirePath } from '../canvas/wirePath.ts';
import { portColor } from '../ui/categories.ts';
import { type CardOptions, drawCard, pictureCard } from './pictureCards.ts';
import { escapeXml, svgMetadata } from './pictureGraph.ts';
import { drawFrame, drawNote } from './pictureNotes.ts';

export interface PictureOptions extends CardOptions {
  /** The graph as text, to be found again in the picture. */
  readonly source: string;
}

export interface GraphPicture {
  /** Everything that is written in it: which parts of which fonts it needs follows from that. */
  readonly text: string;
  /** The document, with `@font-face` rules so that it looks the same where the fonts are not installed. */
  toSvg(fontFaces: string): string;
}

const MARGIN = 32;

const areaOf = ({
  position: { x, y },
  size,
}: {
  readonly position: { readonly x: number; readonly y: number };
  readonly size: { readonly width: number; readonly height: number };
}): Omit<Box, 'id'> => ({ left: x, top: y, right: x + size.width, bottom: y + size.height });

/** A graph drawn as an SVG document of its own, from the document rather than from the screen. */
export function graphSvg(options: PictureOptions): GraphPicture {
  const { graph, analysis, color, source } = options;
  const cards = graph.nodes.map((node) => pictureCard(node, options));
  const byId = new Map(cards.map((card) => [card.id, card]));
  const { frames = [], notes = [] } = graph;
  const areas = [...cards, ...frames.map(areaOf), ...notes.map(areaOf)];
  const left = Math.min(...areas.map((box) => box.left)) - MARGIN;
  const top = Math.min(...areas.map((box) => box.top)) - MARGIN;
  const width = Math.max(...areas.map((box) => box.right)) + MARGIN - left;
  const height = Math.max(...areas.map((box) => box.bottom)) + MARGIN - top;

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
    const via = edge.via ?? [];
    const lane = via.length > 0 ? null : wireLane(ends, cards, [from.id, to.id]);
    const [path] = wirePath(ends, lane, via);
    const type = analysis.edges.get(edgeId(edge));
    const stroke = color(portColor[type ? portForm(type) : out.form]);
    const points = via.map(
      ({ x, y }) => `<circle cx="${x}" cy="${y}" r="3" fill="${stroke}" stroke="none"/>`,
    );
    return `<path d="${path}" data-wire="${escapeXml(edgeId(edge))}" stroke="${stroke}"${type ? '' : ' stroke-dasharray="2 4"'}/>${points.join('')}`;
  });
  const body = [
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${color('var(--canvas)')}"/>`,
    ...frames.map((frame) => drawFrame(frame, options)),
    ...notes.map((note) => drawNote(note, options)),
    `<g fill="none" stroke-width="2">${wires.join('')}</g>`,
    ...cards.map((card) => drawCard(card, options)),
  ].join('\n');
  return {
    text: [...body.matchAll(/<text[^>]*>([^<]*)/g)].map(([, written = '']) => written).join(''),
    toSvg: (fontFaces) =>
      [
        `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}" font-family="'Fira Sans', 'Noto Sans SC Variable', 'Segoe UI', 'Noto Sans SC', sans-serif">`,
        `<title>${escapeXml(graph.name)}</title>`,
        svgMetadata(source),
        `<style>${fontFaces}</style>`,
        body,
        '</svg>',
      ].join('\n'),
  };
}
