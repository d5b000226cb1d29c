import type { GraphDocument } from '../graph/document.ts';

/** A figure that training a template to its end must reach; the loss and the keys of metrics have names. */
export type Target = {
  readonly metric: string;
  readonly split: 'test';
} & ({ readonly atLeast: number } | { readonly atMost: number });

/** A finished network to start from. */
export interface Template {
  /** Kebab case, the word of the command line and of the file. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly architecture: string;
  readonly dataset: string;
  /** What training it to the end reaches, and on which split. */
  readonly expected: Target;
  /** The template whose trained weights it starts from. */
  readonly startsFrom?: string;
  /** What training it to the end took and reached, measured on two processor cores; by seed. */
  readonly measured: {
    readonly seconds: number;
    readonly values: readonly number[];
  };
  /**
   * Its short form, for tests: so many first steps, over which the sum of the losses must fall at
   * least by this factor.
   */
  readonly short: { readonly steps: number; readonly factor: number };
  readonly document: GraphDocument;
}
