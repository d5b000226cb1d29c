import { z } from 'zod';
import { metricsSchema } from '#shared/protocol/run.ts';
import { cursorSchema } from '../data/trainingOrder.ts';

/** Sums over the steps of an epoch, so that its mean is right after a resume in the middle of it. */
export const totalsSchema = z.object({
  samples: z.number(),
  loss: z.number(),
  metrics: z.record(z.string(), z.record(z.string(), z.number())),
  /** By optimiser path, where there are several. */
  losses: z.record(z.string(), z.number()).optional(),
});
export type Totals = z.infer<typeof totalsSchema>;

/** What the training loop must remember beside weights and slots (`state.json` of a checkpoint). */
export const trainerStateSchema = z.object({
  step: z.int().nonnegative(),
  cursor: cursorSchema,
  /** Sums of the epoch in hand. */
  totals: totalsSchema,
  /** Seconds of training so far. */
  time: z.number(),
  /** By optimiser path, before its schedule. */
  learningRates: z.record(z.string(), z.number()),
  best: z.object({ value: z.number(), step: z.int(), epochsSince: z.int() }).nullable(),
  latest: z.object({
    train: metricsSchema.optional(),
    validation: metricsSchema.optional(),
    test: metricsSchema.optional(),
  }),
});
export type TrainerState = z.infer<typeof trainerStateSchema>;
