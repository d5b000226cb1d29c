import '#renderer/ui/app.css';
import { Tooltip } from 'radix-ui';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { Canvas } from '#renderer/canvas/Canvas.tsx';
import { i18n } from '#renderer/i18n/i18n.ts';
import { openDocument } from '#renderer/stores/documentStore.ts';
import { select } from '#renderer/stores/selectionStore.ts';
import { parseDocument } from '#shared/graph/parseDocument.ts';
import { serializeDocument } from '#shared/graph/serializeDocument.ts';
import { benchDocument, sizeFromAddress } from './benchDocument.ts';
import { announce } from './benchPage.ts';
import { announceEdits } from './pageEdits.ts';

const graph = benchDocument(sizeFromAddress());
const text = serializeDocument(graph);
announce(
  graph,
  () => {
    const parsed = parseDocument(text);
    if (parsed.ok) openDocument({ document: parsed.value });
  },
  select,
);
announceEdits();
const root = document.getElementById('root');
if (root) {
  root.style.display = 'grid';
  createRoot(root).render(
    <I18nextProvider i18n={i18n}>
      <Tooltip.Provider>
        <Canvas />
      </Tooltip.Provider>
    </I18nextProvider>,
  );
}
