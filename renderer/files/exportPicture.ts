import { copyFragment } from '#shared/graph/clipboard.ts';
import { definitionOf } from '#shared/graph/definitionOf.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import { serializeDocument } from '#shared/graph/serializeDocument.ts';
import { i18n } from '../i18n/i18n.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { isFolded, useFoldStore } from '../stores/foldStore.ts';
import { useSelectionStore } from '../stores/selectionStore.ts';
import { showToast } from '../stores/toastStore.ts';
import { graphSvg } from './graphSvg.ts';
import { fontFacesFor } from './pictureFonts.ts';
import { putIntoPng } from './pictureGraph.ts';
import { pictureIcons } from './pictureIcons.tsx';
import { svgToPng } from './svgToPng.ts';

/** The chosen part of what is on the canvas, or all of it, and the text that brings it back. */
function chosenPart(): { graph: GraphDocument; source: string; part: boolean } | null {
  const { document, graph } = useDocumentStore.getState();
  if (!document || !graph || graph.nodes.length === 0) return null;
  const { nodeIds, noteIds } = useSelectionStore.getState();
  const nodes = graph.nodes.filter(({ id }) => nodeIds.has(id));
  if (nodes.length === 0) return { graph, source: serializeDocument(document), part: false };
  const edges = graph.edges.filter(({ from, to }) => nodeIds.has(from.node) && nodeIds.has(to.node));
  const { frames: _, notes = [], ...rest } = graph;
  return {
    graph: { ...rest, nodes, edges, notes: notes.filter(({ id }) => noteIds.has(id)) },
    source: copyFragment(
      graph,
      nodes.map(({ id }) => id),
      [...noteIds],
    ),
    part: nodes.length < graph.nodes.length,
  };
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The download has its own hold of it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
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
    const open = useDocumentStore.getState();
    const folds = useFoldStore.getState();
    const picture = graphSvg({
      graph,
      document: open.document ?? graph,
      analysis: open.graphAnalysis,
      isFolded: (id) => isFolded(id)(folds),
      color: (token) => style.getPropertyValue(token.replace(/^var\((.*)\)$/, '$1')).trim(),
      icon: pictureIcons(graph.nodes.flatMap((node) => definitionOf(graph, node)?.icon ?? [])),
      measure(text, font, size) {
        if (!context) return text.length * size * 0.6;
        context.font = `500 ${size}px ${font === 'ui' ? 'Fira Sans' : 'Fira Mono'}, 'Noto Sans SC Variable', sans-serif`;
        return context.measureText(text).width;
      },
      source,
    });
    const name = `${graph.name.replaceAll(/[^\p{L}\p{N} ._-]+/gu, '-').trim() || 'graph'}.${format}`;
    if (format === 'svg') {
      const svg = picture.toSvg(await fontFacesFor(picture.text));
      save(new Blob([svg], { type: 'image/svg+xml' }), name);
    } else {
      const png = new Uint8Array(await (await svgToPng(picture.toSvg(''))).arrayBuffer());
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
