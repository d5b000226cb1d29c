import type { GraphDocument } from '#shared/graph/document.ts';
import { i18n } from '../i18n/i18n.ts';
import { whileBusy } from '../stores/busyStore.ts';
import { documentPart, type OpenedDocument } from '../stores/documentStore.ts';
import { frontTab, openTab, showTab, tabPart } from '../stores/tabStore.ts';

/** Graphs of more nodes take long enough to draw that a word is due. */
const QUICK_UP_TO = 1500;

/** Draws a graph, with a word where that takes its time. */
export async function whileDrawing(
  document: GraphDocument | null,
  work: () => void | Promise<void>,
): Promise<void> {
  const count = document?.nodes.length ?? 0;
  if (!document || count <= QUICK_UP_TO) await work();
  else
    await whileBusy(
      i18n.t('shell.drawing', { name: document.name || i18n.t('shell.untitled'), count }),
      work,
    );
}

/** Opens a document in a tab of its own; says so where drawing it takes its time. */
export async function openGraph(opened: OpenedDocument): Promise<void> {
  await whileDrawing(opened.document, () => openTab(opened));
}

/** Brings an open document to the front, likewise. */
export async function showGraph(id: string): Promise<void> {
  const hidden = id === frontTab() ? null : tabPart(id, documentPart).document;
  await whileDrawing(hidden, () => showTab(id));
}
