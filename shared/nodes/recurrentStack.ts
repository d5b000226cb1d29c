import { z } from 'zod';

/** Parameters of every recurrent layer. */
export const recurrentParams = {
  units: z.int().min(1).max(16_384).default(64),
  layers: z.int().min(1).max(16).default(1),
  bidirectional: z.boolean().default(false),
  returns: z.enum(['sequence', 'last']).default('sequence'),
  dropout: z.number().min(0).max(0.95).default(0).meta({ step: 0.05 }),
  recurrentDropout: z.number().min(0).max(0.95).default(0).meta({ step: 0.05 }),
};

export const recurrentTexts = {
  units: { label: 'Units', help: 'Size of the state, and of the output in one direction.' },
  layers: { label: 'Layers', help: 'How many are stacked, each fed by the one before.' },
  bidirectional: {
    label: 'Both directions',
    help: 'A second one reads from the end; the outputs are joined.',
  },
  returns: {
    label: 'Output',
    help: 'What leaves at y; final states have ports of their own.',
    options: { sequence: 'Every step', last: 'Last state' },
  },
  dropout: { label: 'Dropout', help: 'Between stacked layers, while training.' },
  recurrentDropout: {
    label: 'Recurrent dropout',
    help: 'On the way of the state into the next step: the same numbers at every step.',
  },
} as const;

export type RecurrentParams = z.infer<z.ZodObject<typeof recurrentParams>>;

/** `kernel`, `kernel2Reverse`: the first layer's forward weights have plain names. */
export const weightName = (weight: string, layer: number, reverse: boolean): string =>
  `${weight}${layer === 0 ? '' : layer + 1}${reverse ? 'Reverse' : ''}`;

/** Whether each direction runs from the end. */
export const directionsOf = ({ bidirectional }: RecurrentParams): readonly boolean[] =>
  bidirectional ? [false, true] : [false];

export const stateSize = (params: RecurrentParams): number =>
  params.layers * directionsOf(params).length * params.units;

/** Every cell of the stack with the size of what it reads. */
export function cellsOf(params: RecurrentParams, features: number) {
  const directions = directionsOf(params);
  return Array.from({ length: params.layers }, (_, layer) =>
    directions.map((reverse) => ({
      layer,
      reverse,
      inputs: layer === 0 ? features : params.units * directions.length,
    })),
  ).flat();
}
