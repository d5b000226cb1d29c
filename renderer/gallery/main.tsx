import { Tooltip } from 'radix-ui';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { i18n } from '../i18n/i18n.ts';
import { openDocument } from '../stores/documentStore.ts';
import { pushPoints } from '../stores/metricSeries.ts';
import { getSeries } from '../stores/runStore.ts';
import { select } from '../stores/selectionStore.ts';
import { attachTheme } from '../stores/viewStore.ts';
import '../ui/app.css';
import { cardsDocument } from './cardsDocument.ts';
import { points, validationPoints } from './fixtureData.ts';
import { Gallery } from './Gallery.tsx';

attachTheme();
openDocument({ document: cardsDocument() });
select(['every-conv2d']);
pushPoints(getSeries('fixture'), [...points, ...validationPoints]);

const root = document.getElementById('root');
if (!root) throw new Error('gallery.html has no #root');
createRoot(root).render(
  <I18nextProvider i18n={i18n}>
    <Tooltip.Provider>
      <Gallery />
    </Tooltip.Provider>
  </I18nextProvider>,
);
