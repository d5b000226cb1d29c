import monoUrl from '@fontsource/fira-mono/files/fira-mono-latin-400-normal.woff2?url';
import regularUrl from '@fontsource/fira-sans/files/fira-sans-latin-400-normal.woff2?url';
import mediumUrl from '@fontsource/fira-sans/files/fira-sans-latin-500-normal.woff2?url';
import { copyFragment } from '#shared/graph/clipboard.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import { serializeDocument } from '#shared/graph/serializeDocument.ts';
import { i18n } from '../i18n/i18n.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { useSelectionStore } from '../stores/selectionStore.ts';
import { showToast } from '../stores/toastStore.ts';
import { graphSvg } from './graphSvg.ts';
import { putIntoPng } from './pictureGraph.ts';

/** Dots per pixel of the screen, as long as the picture stays within the limits of a canvas. */
const SCALE = 2;
const MAX_SIDE = 12_000;
const MAX_DOTS = 60_000_000;

/** The chosen part of what is on the canvas, or all of it, and the text that brings it back. */
function chosenPart(): { graph: GraphDocument; source: string; part: boolean } | null {
  const { document, graph } = useDocumentStore.getState();
  if (!document || !graph || graph.nodes.length === 0) return null;
  const { nodeIds } = useSelectionStore.getState();
  const nodes = graph.nodes.filter(({ id }) => nodeIds.has(id));
  if (nodes.length === 0) return { graph, source: serializeDocument(document), part: false };
  const edges = graph.edges.filter(({ from, to }) => nodeIds.has(from.node) && nodeIds.has(to.node));
  const { frames: _, ...rest } = graph;
  return {
    graph: { ...rest, nodes, edges },
    source: copyFragment(
      graph,
      nodes.map(({ id }) => id),
    ),
    part: nodes.length < graph.nodes.length,
  };
}

const dataUrl = async (url: string): Promise<string> => {
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
  return `data:font/woff2;base64,${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}`;
};

async function fontFaces(): Promise<string> {
  const face = (family: string, weight: number, url: string): string =>
    `@font-face{font-family:'${family}';font-weight:${weight};src:url(${url}) format('woff2')}`;
  return [
    face('Fira Sans', 400, await dataUrl(regularUrl)),
    face('Fira Sans', 500, await dataUrl(mediumUrl)),
    face('Fira Mono', 400, await dataUrl(monoUrl)),
  ].join('');
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The download has its own hold of it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function toPng(svg: string, width: number, height: number): Promise<Blob> {
  const scale = Math.min(SCALE, MAX_SIDE / width, MAX_SIDE / height, Math.sqrt(MAX_DOTS / (width * height)));
  const image = new Image();
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('toBlob'))), 'image/png'),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Saves a picture of the selection, or of all where nothing is selected, with the graph in it. */
export async function exportPicture(format: 'svg' | 'png'): Promise<void> {
  const chosen = chosenPart();
  if (!chosen) {
    showToast({ tone: 'info', text: i18n.t('shell.pictureEmpty') });
    return;
  }
  const { graph, source, part } = chosen;
  try {
    const style = getComputedStyle(document.documentElement);
    const context = document.createElement('canvas').getContext('2d');
    const { svg, width, height } = graphSvg({
      graph,
      analysis: useDocumentStore.getState().graphAnalysis,
      color: (token) => style.getPropertyValue(token.replace(/^var\((.*)\)$/, '$1')).trim(),
      measure(text, font, size) {
        if (!context) return text.length * size * 0.6;
        context.font = `500 ${size}px ${font === 'ui' ? 'Fira Sans' : 'Fira Mono'}, sans-serif`;
        return context.measureText(text).width;
      },
      fontFaces: await fontFaces(),
      source,
    });
    const name = `${graph.name.replaceAll(/[^\p{L}\p{N} ._-]+/gu, '-').trim() || 'graph'}.${format}`;
    if (format === 'svg') save(new Blob([svg], { type: 'image/svg+xml' }), name);
    else {
      const png = new Uint8Array(await (await toPng(svg, width, height)).arrayBuffer());
      save(new Blob([putIntoPng(png, source)], { type: 'image/png' }), name);
    }
    const text = part
      ? i18n.t('shell.pictureOfPart', { name, count: graph.nodes.length })
      : i18n.t('shell.pictureSaved', { name });
    showToast({ tone: 'ok', text });
  } catch {
    showToast({ tone: 'danger', text: i18n.t('shell.pictureFailed') });
  }
}
