import { beforeAll, describe, expect, it } from 'vitest';
import { openPlanData } from '#main/engine/data/planData.ts';
import { TrainingOrder } from '#main/engine/data/trainingOrder.ts';
import type { Runtime } from '#main/engine/runtime.ts';
import { initializeWeights } from '#main/engine/train/initialize.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import { findNodeDefinition } from '#shared/nodes/registry.ts';
import { type Template, templates } from '#shared/templates/index.ts';
import { nativeRuntime } from './traceSupport.ts';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await nativeRuntime();
}, 60_000);

/** Losses of a template's first steps, with the seed and the batch size that it comes with. */
async function firstLosses({ document, short }: Template): Promise<number[]> {
  const planned = createPlan(document);
  if (!planned.ok) throw new Error(JSON.stringify(planned.error));
  const plan = planned.value;
  const { seed, batchSize } = plan.training;
  const data = await openPlanData(plan);
  const session = await runtime.createSession(plan, { seed, initialWeights: initializeWeights(plan, seed) });
  const order = new TrainingOrder({ data, batchSize, seed });
  const rates = Object.fromEntries(
    plan.optimizers.map(({ path, kind, params }) => {
      const definition = findNodeDefinition(kind);
      return [path, definition?.role === 'optimizer' ? definition.learningRate(params) : 0];
    }),
  );
  const losses: number[] = [];
  while (losses.length < short.steps) {
    if (order.epochDone) order.nextEpoch();
    const batch = await order.take();
    losses.push((await session.trainStep(batch, rates)).loss);
    order.advance(batch.size);
  }
  session.dispose();
  return losses;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the short form of a template', () => {
  it.each(templates.map((template) => [template.id, template] as const))(
    '%s: the loss falls by the stated factor',
    async (_, template) => {
      const losses = await firstLosses(template);
      const first = mean(losses.slice(0, 2));
      const last = mean(losses.slice(-Math.max(2, Math.floor(losses.length / 8))));
      // Not their ratio: a Wasserstein loss passes zero.
      expect(last).toBeLessThanOrEqual(first / template.short.factor);
    },
  );
});
