import { z } from 'zod';
import type { DatasetFacts, InferResult } from './defineNode.ts';

/** Where the person's own data lies: relative to the graph's file, or absolute. */
export const pathParam = (picks: 'file' | 'folder') => z.string().max(4096).default('').meta({ picks });

/** Shares of the samples that are held out; the rest is trained on. */
export const shareParams = {
  validation: z.number().min(0).max(0.9).default(0.15).meta({ step: 0.05 }),
  test: z.number().min(0).max(0.9).default(0.15).meta({ step: 0.05 }),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(1),
  shuffle: z.boolean().default(true),
};

export const shareTexts = {
  validation: { label: 'Validation share', help: 'Held out to watch generalisation.' },
  test: { label: 'Test share', help: 'Held out for the end.' },
  seed: { label: 'Seed', help: 'Of the draw that splits the samples.' },
  shuffle: { label: 'Shuffle', help: 'A new order in each epoch.' },
};

/** What a data service found; without it, why there is nothing yet. */
export function inferOwnData(facts: DatasetFacts | undefined, path: string): InferResult {
  if (facts) return { outputs: facts.outputs };
  const code = path === '' ? 'no-file-chosen' : 'data-not-read';
  return { problem: { code, param: 'path', data: { path } } };
}

/** The end of a path, for a card. */
export const fileName = (path: string): string => path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
