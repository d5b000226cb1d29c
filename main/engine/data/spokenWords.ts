import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { engineFailure } from '#main/services/engineFailure.ts';
import { spokenWords } from '#shared/nodes/vocabularies.ts';
import { EngineError } from '../failures.ts';
import { findDataFile } from './dataFile.ts';
import type { DataLoader } from './dataSource.ts';
import { knownFacts, splitTable, wholeNumbers } from './splitTable.ts';

/** Far above the file that ships: one that unpacks to more is not that file. */
const LARGEST_BYTES = 32 * 2 ** 20;
const LINE_FEED = 10;

/** First line of the file; the class of each recording follows, then their spectrograms, in bytes. */
const headerSchema = z.object({
  words: z.tuple(spokenWords.map((word) => z.literal(word)) as [z.ZodLiteral<string>]),
  frames: z.int().positive(),
  bands: z.int().positive(),
  steps: z.int().min(1).max(255),
  splits: z.object({ train: z.int(), validation: z.int(), test: z.int() }),
});

/** Recordings of a speech synthesiser as spectrograms, made by `scripts/spokenWords.mjs`. */
export const spokenWordsLoader: DataLoader = {
  async open(params, given) {
    const facts = knownFacts('spoken-words', params, given);
    const path = findDataFile({ packaged: 'spoken-words.bin.gz' });
    const unusable = (why: string, cause?: unknown) =>
      new EngineError(engineFailure('data-unavailable', 'data-file-unusable', { path, why }), { cause });
    const packed = await readFile(path);
    let bytes: Buffer;
    let header: z.infer<typeof headerSchema>;
    try {
      bytes = gunzipSync(packed, { maxOutputLength: LARGEST_BYTES });
      header = headerSchema.parse(JSON.parse(bytes.toString('utf8', 0, bytes.indexOf(LINE_FEED))));
    } catch (error) {
      throw unusable('changed', error);
    }
    const { frames, bands, steps, splits } = header;
    const { train, validation, test } = splits;
    const count = train + validation + test;
    const labels = bytes.subarray(bytes.indexOf(LINE_FEED) + 1).subarray(0, count);
    const spectra = bytes.subarray(bytes.indexOf(LINE_FEED) + 1 + count);
    const [, wantedFrames, wantedBands] = facts.outputs.spectrogram?.shape ?? [];
    const expected = facts.splits;
    if (
      frames !== wantedFrames ||
      bands !== wantedBands ||
      train !== expected.train ||
      validation !== expected.validation ||
      test !== expected.test ||
      spectra.length !== count * frames * bands ||
      labels.some((label) => label >= spokenWords.length)
    ) {
      throw unusable('changed');
    }
    return splitTable(facts, params.shuffle === true, {
      spectrogram: {
        format: { stored: 'uint8', dtype: 'float32', divisor: steps, shape: [frames, bands] },
        data: new Uint8Array(spectra),
      },
      word: wholeNumbers([], new Uint8Array(labels)),
    });
  },
};
