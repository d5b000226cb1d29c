import { z } from 'zod';
import type { NodeText } from './defineNode.ts';
import { scheduleSchema } from './schedule.ts';

/** Ids of nodes, as a list or as people type it: `encoder, decoder`. */
const nodeIdsSchema = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(/[\s,;]+/).filter((id) => id !== '') : value),
  z.array(z.string().max(1000)).max(20_000),
);

/**
 * What every optimiser has beside its formula. Flat, so that a form shows it; the texts stand
 * below. `schedule` to `peakAt` are those of schedule.ts.
 */
const settings = {
  schedule: scheduleSchema.default('constant'),
  warmup: z.int().min(0).max(10_000_000).default(0),
  decayEvery: z.number().min(0.01).max(100_000).default(10),
  decayFactor: z.number().min(0).max(1).default(0.5).meta({ step: 0.05 }),
  finalFactor: z.number().min(0).max(1).default(0).meta({ step: 0.01 }),
  peakAt: z.number().min(0.01).max(0.99).default(0.3).meta({ step: 0.05 }),
  /** By torch.nn.utils' formulas: `norm` takes each weight by itself, `global-norm` all together. */
  clipping: z.enum(['none', 'value', 'norm', 'global-norm']).default('none'),
  clipAt: z.number().min(1e-6).max(1e6).default(1).meta({ scale: 'log' }),
  average: z.boolean().default(false),
  averageDecay: z.number().min(0).max(0.999999).default(0.999).meta({ step: 0.001 }),
  accumulate: z.int().min(1).max(65_536).default(1),
  every: z.int().min(1).max(65_536).default(1),
  /** The part of the training in which it has turns, in steps; 0 is the first step, or the end of the training. */
  after: z.int().min(0).max(10_000_000).default(0),
  until: z.int().min(0).max(10_000_000).default(0),
  order: z.int().min(-1000).max(1000).default(0),
  /** Ids of the nodes it trains; all that its loss depends on where empty. */
  scope: nodeIdsSchema.default([]).meta({ items: 'nodes' }),
};
const settingsSchema = z.object(settings);
export type OptimizerSettings = z.infer<typeof settingsSchema>;

/** The settings of an optimiser among its parameters, complete with defaults. */
export const optimizerSettings = (params: Readonly<Record<string, unknown>>): OptimizerSettings =>
  settingsSchema.parse(params);

export const optimizerSettingsShape = settings;

export const optimizerSettingsTexts: Readonly<Record<keyof OptimizerSettings, NodeText['params'][string]>> = {
  schedule: {
    label: 'Schedule',
    help: 'How the learning rate goes over the training.',
    options: {
      constant: 'Constant',
      step: 'Steps',
      exponential: 'Exponential',
      linear: 'Linear',
      cosine: 'Cosine',
      'one-cycle': 'One cycle',
    },
  },
  warmup: { label: 'Warm-up', help: 'Steps in which the learning rate rises to its value.' },
  decayEvery: { label: 'Decay every', help: 'Schedule “Steps”: epochs between two decays.' },
  decayFactor: {
    label: 'Decay factor',
    help: 'Schedules “Steps” and “Exponential” (each epoch): the rate is multiplied by this.',
  },
  finalFactor: {
    label: 'Final factor',
    help: 'Schedules “Linear”, “Cosine” and “One cycle”: share of the rate at the end.',
  },
  peakAt: { label: 'Peak at', help: 'Schedule “One cycle”: share of the training before the highest rate.' },
  clipping: {
    label: 'Clipping',
    help: 'Limits gradients that are too large.',
    options: { none: 'None', value: 'Value', norm: 'Norm', 'global-norm': 'Global norm' },
  },
  clipAt: { label: 'Clip at', help: 'Largest value, or largest norm of a weight’s or of all gradients.' },
  average: {
    label: 'Average weights',
    help: 'Keeps a moving average of the weights; validation, answers and exports use it.',
  },
  averageDecay: { label: 'Average decay', help: 'Memory of the average, of each update.' },
  accumulate: { label: 'Accumulate', help: 'Updates once in so many turns, by the mean of their gradients.' },
  every: { label: 'Turn every', help: 'Takes a turn only in every so-many-th step, as a GAN’s generator.' },
  after: {
    label: 'Starts after',
    help: 'Steps before its first turn: what another optimiser has trained until then stays as it is.',
  },
  until: { label: 'Ends after', help: 'Steps after which it has no more turns; 0 goes on to the end.' },
  order: { label: 'Order', help: 'Of several optimisers in a step, the lowest goes first.' },
  scope: {
    label: 'Trains',
    help: 'Ids of the nodes it trains, separated by commas; all that its loss depends on where empty.',
  },
};
