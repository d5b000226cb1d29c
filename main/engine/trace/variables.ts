import type { Plan, PlanOptimizer } from '#shared/compile/plan.ts';
import type { OptimizerNode } from '#shared/nodes/defineNode.ts';
import { optimizerSettings } from '#shared/nodes/optimizerSettings.ts';
import { findNodeDefinition } from '#shared/nodes/registry.ts';
import type { SessionState, StateTensor } from '../runtime.ts';

/** One number array that a session keeps between steps. */
export interface VariableSpec {
  /** `<path>/<weight>`, or `<path>/<weight>@<optimiser path>/<slot>`. */
  readonly key: string;
  readonly shape: readonly number[];
  readonly role: StateTensor['role'];
  /** The weight whose starting values it has, where they are not its own. */
  readonly startsAs?: string;
}

/** Slot of an optimiser that adds up the gradients of several turns. */
export const ACCUMULATED = 'accumulated';
/** Slot of an optimiser that keeps a moving average of its weights. */
export const AVERAGE = 'average';

export const weightKey = (path: string, name: string): string => `${path}/${name}`;
export const slotKey = (weight: string, optimizerPath: string, slot: string): string =>
  `${weight}@${optimizerPath}/${slot}`;

/** The weights that an optimiser updates: the trainable ones of its scope. */
export function trainedWeights(plan: Plan, optimizerPath: string): VariableSpec[] {
  const optimizer = plan.optimizers.find(({ path }) => path === optimizerPath);
  const scope = new Set(optimizer?.scope);
  const trained = plan.nodes
    .filter((node) => scope.has(node.path))
    .flatMap((node) =>
      Object.entries(node.weights)
        .filter(([, spec]) => spec.trainable)
        .map(([name, spec]) => ({
          key: weightKey(node.weightsPath, name),
          shape: spec.shape,
          role: 'weight' as const,
        })),
    );
  // Nodes that share weights name the same ones.
  return [...new Map(trained.map((weight) => [weight.key, weight])).values()];
}

/** Paths under which the weights and running state of an optimiser's scope are kept. */
export function trainedPaths(plan: Plan, optimizer: PlanOptimizer): Set<string> {
  const scope = new Set(optimizer.scope);
  return new Set(plan.nodes.filter(({ path }) => scope.has(path)).map(({ weightsPath }) => weightsPath));
}

/** Every variable of a plan: weights, running state and the optimisers' slots. */
export function variableSpecs(plan: Plan): VariableSpec[] {
  const owners = plan.nodes.filter((node) => node.weightsPath === node.path);
  const weights = owners.flatMap((node) =>
    Object.entries(node.weights).map(
      ([name, spec]): VariableSpec => ({
        key: weightKey(node.path, name),
        shape: spec.shape,
        role: spec.trainable ? 'weight' : 'state',
      }),
    ),
  );
  const slots = plan.optimizers.flatMap((optimizer) => {
    const { accumulate, average } = optimizerSettings(optimizer.params);
    const names = [
      ...optimizerOf(optimizer).slots(optimizer.params),
      ...(accumulate > 1 ? [ACCUMULATED] : []),
      ...(average ? [AVERAGE] : []),
    ];
    return trainedWeights(plan, optimizer.path).flatMap((weight) =>
      names.map(
        (slot): VariableSpec => ({
          key: slotKey(weight.key, optimizer.path, slot),
          shape: weight.shape,
          role: 'slot',
          ...(slot === AVERAGE && { startsAs: weight.key }),
        }),
      ),
    );
  });
  return [...weights, ...slots];
}

export function optimizerOf(optimizer: PlanOptimizer): OptimizerNode {
  const definition = findNodeDefinition(optimizer.kind);
  if (definition?.role !== 'optimizer') throw new Error(`${optimizer.path} is no optimiser`);
  return definition;
}

/** Where the weights of a result are: by weight key, the key of its moving average if it has one. */
export function averagedKeys(plan: Plan): ReadonlyMap<string, string> {
  return new Map(
    plan.optimizers
      .filter(({ params }) => optimizerSettings(params).average)
      .flatMap(({ path }) =>
        trainedWeights(plan, path).map(({ key }) => [key, slotKey(key, path, AVERAGE)] as const),
      ),
  );
}

/** The weights and running state that a result is made of, under the keys of the weights; averages where they are kept. */
export function resultTensors(plan: Plan, state: SessionState): Map<string, StateTensor> {
  const averages = averagedKeys(plan);
  const tensors = new Map<string, StateTensor>();
  for (const [key, tensor] of state.tensors) {
    if (tensor.role === 'slot') continue;
    const average = state.tensors.get(averages.get(key) ?? '');
    tensors.set(key, average ? { ...average, role: tensor.role } : tensor);
  }
  return tensors;
}

/** Refuses a state that is not of this plan: a wrong name or size must not go unnoticed. */
export function checkState(specs: readonly VariableSpec[], tensors: ReadonlyMap<string, StateTensor>): void {
  for (const spec of specs) {
    const tensor = tensors.get(spec.key);
    if (!tensor) throw new Error(`the saved state has no ${spec.key}`);
    if (tensor.shape.join('×') !== spec.shape.join('×')) {
      throw new Error(
        `${spec.key} is ${tensor.shape.join('×')} in the saved state, ${spec.shape.join('×')} here`,
      );
    }
  }
}
