import { engineFailure } from '#main/services/engineFailure.ts';
import { EngineError } from '../failures.ts';
import { coraLoader } from './cora.ts';
import { coraLinksLoader } from './coraLinks.ts';
import { csvLoader } from './csv.ts';
import type { DataLoader } from './dataSource.ts';
import { dateSpellingsLoader } from './dateSpellings.ts';
import { firstNamesLoader } from './firstNames.ts';
import { graphMotifsLoader } from './graphMotifs.ts';
import { imageFolderLoader } from './imageFolder.ts';
import { irisLoader } from './iris.ts';
import { mnistLoader } from './mnist.ts';
import { mnistFewLoader } from './mnistFew.ts';
import { mnistPairsLoader } from './mnistPairs.ts';
import { mobyDickLoader } from './mobyDick.ts';
import { mobyDickWordsLoader } from './mobyDickWords.ts';
import { shapeScenesLoader } from './shapeScenes.ts';
import { speechesLoader } from './speeches.ts';
import { spokenWordsLoader } from './spokenWords.ts';
import { stylePicturesLoader } from './stylePictures.ts';
import { sunspotsLoader } from './sunspots.ts';
import { twoSpiralsLoader } from './twoSpirals.ts';

/** Loaders by the name that dataset nodes give. */
const loaders: ReadonlyMap<string, DataLoader> = new Map<string, DataLoader>([
  ['mnist', mnistLoader],
  ['mnist-few', mnistFewLoader],
  ['mnist-pairs', mnistPairsLoader],
  ['two-spirals', twoSpiralsLoader],
  ['iris', irisLoader],
  ['shape-scenes', shapeScenesLoader],
  ['first-names', firstNamesLoader],
  ['spoken-words', spokenWordsLoader],
  ['style-pictures', stylePicturesLoader],
  ['sunspots', sunspotsLoader],
  ['date-spellings', dateSpellingsLoader],
  ['moby-dick', mobyDickLoader],
  ['moby-dick-words', mobyDickWordsLoader],
  ['speeches', speechesLoader],
  ['cora', coraLoader],
  ['cora-links', coraLinksLoader],
  ['graph-motifs', graphMotifsLoader],
  ['csv', csvLoader],
  ['image-folder', imageFolderLoader],
]);

export function findLoader(name: string): DataLoader {
  const loader = loaders.get(name);
  if (!loader) {
    throw new EngineError(engineFailure('data-unavailable', 'loader-unknown', { loader: name }));
  }
  return loader;
}
