import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { engineFailure } from '#main/services/engineFailure.ts';
import { speechSigns, speechWords } from '#shared/nodes/speechWords.ts';
import { EngineError } from '../failures.ts';
import { findDataFile } from './dataFile.ts';
import type { DataLoader } from './dataSource.ts';
import { createRandom, randomOrder } from './random.ts';
import { knownFacts, realNumbers, splitTable, wholeNumbers } from './splitTable.ts';

const paramsSchema = z.looseObject({ labelled: z.int().min(0), shuffle: z.boolean() });
/** The presidents began to speak to Congress themselves. */
const NEW_SINCE = 1913;
const word = /[a-z]+(?:'[a-z]+)?|[0-9]+|[.,;:?!]/g;

interface Sentence {
  readonly words: readonly string[];
  readonly label: 0 | 1;
  readonly split: 'train' | 'validation' | 'test';
}

/** Sentences of `data/speeches.txt.gz`: a line each, below the year of their address, `# 1790`. */
export const speechesLoader: DataLoader = {
  async open(params, given) {
    const { labelled, shuffle } = paramsSchema.parse(params);
    const path = findDataFile({ packaged: 'speeches.txt.gz' });
    const sentences = readSentences(path, await readFile(path));
    const of = (split: Sentence['split']) => sentences.filter((sentence) => sentence.split === split);
    const rows = [...drawn(of('train'), labelled), ...of('validation'), ...of('test')];
    const facts = knownFacts('speeches', params, given);
    const { train, validation, test } = facts.splits;
    if (rows.length !== train + validation + test) {
      throw new EngineError(
        engineFailure('data-unavailable', 'data-file-unusable', { path, why: 'changed' }),
      );
    }
    const length = facts.outputs.words?.shape[1] as number;
    const numbers = new Map(speechWords.map((known, number) => [known, number]));
    const words = new Int32Array(rows.length * length).fill(speechSigns.padding);
    const mask = new Float32Array(rows.length * length);
    for (const [row, sentence] of rows.entries()) {
      for (const [at, text] of sentence.words.entries()) {
        words[row * length + at] = numbers.get(text) ?? speechSigns.rare;
        mask[row * length + at] = 1;
      }
    }
    return splitTable(facts, shuffle, {
      words: wholeNumbers([length], words),
      mask: realNumbers([length], mask),
      label: wholeNumbers(
        [],
        Uint8Array.from(rows, ({ label }) => label),
      ),
    });
  },
};

/** As many old sentences as new ones, drawn once and for all; all where none are asked for. */
function drawn(sentences: readonly Sentence[], count: number): readonly Sentence[] {
  if (count === 0) return sentences;
  const order = randomOrder(createRandom(1, 'speeches'), sentences.length);
  const left = [Math.ceil(count / 2), Math.ceil(count / 2)];
  return [...order].flatMap((place) => {
    const sentence = sentences[place];
    if (!sentence || left[sentence.label] === 0) return [];
    left[sentence.label] = (left[sentence.label] ?? 0) - 1;
    return [sentence];
  });
}

function readSentences(path: string, bytes: Uint8Array): Sentence[] {
  let lines: string[];
  try {
    lines = gunzipSync(bytes).toString('utf8').split('\n');
  } catch (error) {
    throw new EngineError(engineFailure('data-unavailable', 'data-file-unusable', { path, why: 'reading' }), {
      cause: error,
    });
  }
  const sentences: Sentence[] = [];
  let address = -1;
  let label: 0 | 1 = 0;
  for (const line of lines) {
    if (line === '') continue;
    if (line.startsWith('# ')) {
      address += 1;
      label = Number(line.slice(2)) < NEW_SINCE ? 0 : 1;
      continue;
    }
    const place = address % 10;
    const split = place === 4 ? 'validation' : place === 9 ? 'test' : 'train';
    sentences.push({ words: line.toLowerCase().match(word) ?? [], label, split });
  }
  return sentences;
}
