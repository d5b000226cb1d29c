import type * as tf from '@tensorflow/tfjs-core';
import type { Plan, ValueRef } from '#shared/compile/plan.ts';
import { gradientOfSum, withTape } from '../ops/tapeGradient.ts';
import type { PassValue } from '../runtime.ts';
import { type ForwardEnvironment, runForward } from './forward.ts';
import { trainedWeights } from './variables.ts';

/**
 * Runs a training pass of every optimiser and hands over the float values of the first and the
 * gradients of all, in the order in which they are computed; `take` must keep what it needs.
 */
export function inspectPass(
  plan: Plan,
  environment: ForwardEnvironment,
  weight: (key: string) => tf.Tensor,
  take: (value: PassValue, tensor: tf.Tensor) => void,
): void {
  for (const [index, optimizer] of plan.optimizers.entries()) {
    withTape(() => {
      const outputs: { ref: ValueRef; tensor: tf.Tensor }[] = [];
      const result = runForward(plan, {
        ...environment,
        computed(ref, tensor) {
          if (tensor.dtype !== 'float32') return;
          outputs.push({ ref, tensor });
          if (index === 0) take({ what: 'output', path: ref.path, name: ref.port }, tensor);
        },
      });
      const weights = trainedWeights(plan, optimizer.path).map(({ key }) => ({ key, tensor: weight(key) }));
      const found = gradientOfSum(
        result.value(optimizer.loss),
        [...outputs, ...weights].map(({ tensor }) => tensor),
      );
      const left = new Map(weights.map(({ key }, at) => [key, found[outputs.length + at]]));
      for (const [at, { ref }] of [...outputs.entries()].reverse()) {
        const gradient = found[at];
        if (gradient) take(consumerOf(plan, ref), gradient);
        for (const [key, own] of left) {
          const end = key.lastIndexOf('/');
          if (key.slice(0, end) !== ref.path) continue;
          left.delete(key);
          if (own) take({ what: 'gradient', path: ref.path, name: key.slice(end + 1) }, own);
        }
      }
    });
  }
}

/** The gradient of a value is made by the node that takes it in: of several, the last one is first on the way back. */
function consumerOf(plan: Plan, { path, port }: ValueRef): PassValue {
  for (const node of plan.nodes.toReversed()) {
    for (const [name, refs] of Object.entries(node.inputs)) {
      if (refs.some((ref) => ref.path === path && ref.port === port)) {
        return { what: 'gradient', path: node.path, name };
      }
    }
  }
  return { what: 'gradient', path, name: port };
}
