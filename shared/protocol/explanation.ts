import { z } from 'zod';
import { executionSchema, runtimeInfoSchema } from './run.ts';

/** Operations by type. */
const operationsSchema = z.record(z.string(), z.int().positive());

/** What each stage of the compiler made of a graph. */
export const explanationSchema = z.object({
  runtime: runtimeInfoSchema,
  /** Nodes in the order in which they run. */
  plan: z.object({
    batchSize: z.int(),
    nodes: z.array(
      z.object({
        path: z.string(),
        kind: z.string(),
        /** Output shapes with `B` for the batch, by port. */
        outputs: z.record(z.string(), z.string()),
        /** Numbers in its weights, running state included; 0 where it shares another node's. */
        weights: z.int(),
        /** Of its outputs, for one batch. */
        activationBytes: z.number(),
      }),
    ),
    /** Nodes whose weights are trained, by optimiser path. */
    optimizers: z.record(z.string(), z.array(z.string())),
  }),
  /** Empty on runtimes that run the nodes as they are. */
  programs: z.array(
    z.object({
      /** `train/<optimiser path>`, `evaluate`, `predict`. */
      name: z.string(),
      /** As the nodes wrote it. */
      recorded: operationsSchema,
      /** What runs after TensorFlow's optimiser. */
      executed: operationsSchema,
      /** Milliseconds of one run, by type of operation. */
      times: z.record(z.string(), z.number()),
      recordMs: z.number(),
      /** First run: optimising, placing, and the step itself. */
      firstRunMs: z.number(),
    }),
  ),
  execution: executionSchema.nullable(),
  /** Bytes. What a training step needs at the least, counted from the plan. */
  memory: z.object({
    weights: z.number(),
    slots: z.number(),
    gradients: z.number(),
    activations: z.number(),
  }),
});
export type Explanation = z.infer<typeof explanationSchema>;
