import { Tooltip } from 'radix-ui';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { templates } from '#shared/templates/index.ts';
import { startComparing } from '../compare/compareStore.ts';
import { i18n } from '../i18n/i18n.ts';
import { attachLanguage } from '../i18n/showLanguage.ts';
import { attachHost } from '../stores/hostStore.ts';
import { pushPoints } from '../stores/metricSeries.ts';
import { getSeries, useRunStore } from '../stores/runStore.ts';
import { select } from '../stores/selectionStore.ts';
import { openTab } from '../stores/tabStore.ts';
import { attachTheme, setView } from '../stores/viewStore.ts';
import '../ui/app.css';
import { cardsDocument } from './cardsDocument.ts';
import { earlierDocument } from './earlierDocument.ts';
import { points, progress, validationPoints } from './fixtureData.ts';
import { fixtureHost } from './fixtureHost.ts';
import { Gallery } from './Gallery.tsx';

attachTheme();
attachHost(fixtureHost);
const [template] = templates;
if (template) openTab({ document: template.document });
const document = cardsDocument();
openTab({ document, saved: false });
startComparing({ kind: 'file', name: 'older.neuroloom.json', document: earlierDocument(document) });
setView({ language: 'en' });
void attachLanguage();
select(['every-conv2d']);
pushPoints(getSeries('fixture'), [...points, ...validationPoints]);
useRunStore.setState({ currentRunId: 'fixture', state: 'training', progress });

const root = window.document.getElementById('root');
if (!root) throw new Error('gallery.html has no #root');
createRoot(root).render(
  <I18nextProvider i18n={i18n}>
    <Tooltip.Provider>
      <Gallery />
    </Tooltip.Provider>
  </I18nextProvider>,
);
