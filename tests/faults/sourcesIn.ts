import { join } from 'node:path';
import { createDataConsent } from '#main/services/data/dataConsent.ts';
import { createDataSources, type DataSources } from '#main/services/data/dataSources.ts';
import { createSettings } from '#main/services/settings.ts';

/** Own data of an app whose settings lie in `home`: nothing was picked yet. */
export const sourcesIn = (home: string): DataSources =>
  createDataSources(createDataConsent({ settings: createSettings(join(home, 'settings.json')), home }));
