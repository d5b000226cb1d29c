import type { TensorType } from '../types/portType.ts';
import type { Plan, ValueRef } from './plan.ts';

/**
 * Key in a batch, `<path>.<port>`, of the value that a wire carries; null where it is computed. Flattening
 * leaves the numbers as they are.
 */
export function dataPortKey(plan: Plan, { path, port }: ValueRef): string | null {
  if (plan.datasets.some((dataset) => dataset.path === path)) return `${path}.${port}`;
  const node = plan.nodes.find((candidate) => candidate.path === path);
  const [source] = (node?.kind === 'flatten' ? node.inputs.x : undefined) ?? [];
  return source ? dataPortKey(plan, source) : null;
}

/** Type of the data port that a key of a batch names. */
export function dataPortType(plan: Plan, key: string): TensorType | undefined {
  const dataset = plan.datasets.find(({ path }) => key.startsWith(`${path}.`));
  return dataset?.facts.outputs[key.slice(dataset.path.length + 1)];
}
