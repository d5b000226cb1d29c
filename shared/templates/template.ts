import type { GraphDocument } from '../graph/document.ts';

/** A finished network to start from. */
export interface Template {
  /** Kebab case, the word of the command line and of the file. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly architecture: string;
  readonly dataset: string;
  /** What training it to the end reaches, and on which split. */
  readonly expected: { readonly metric: string; readonly split: 'test'; readonly atLeast: number };
  /** What training it to the end took and reached, measured on two processor cores; by seed. */
  readonly measured: {
    readonly seconds: number;
    readonly testAccuracy: readonly number[];
  };
  readonly document: GraphDocument;
}
