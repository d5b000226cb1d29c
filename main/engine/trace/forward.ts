import * as tf from '@tensorflow/tfjs-core';
import type { Plan, PlanNode, ValueRef } from '#shared/compile/plan.ts';
import type { ForwardArgs, ForwardContext } from '#shared/nodes/defineNode.ts';
import type { Ops, RandomOps } from '#shared/nodes/ops.ts';
import { findNodeDefinition } from '#shared/nodes/registry.ts';
import { atNode } from '../failures.ts';
import { withTape } from '../ops/tapeGradient.ts';

/** What a forward pass runs in: the same for every runtime, recorded or not. */
export interface ForwardEnvironment {
  readonly ops: Ops;
  readonly training: boolean;
  weight(path: string, name: string): tf.Tensor;
  /** Value of a data port, or of another that is given. */
  input(ref: ValueRef): tf.Tensor;
  /** Keys (`refKey`) of ports whose values are given and not computed. */
  readonly given?: ReadonlySet<string>;
  random(path: string): RandomOps;
  update(path: string, state: string, value: tf.Tensor): void;
  /** Told which node comes next, so that an error can name it. */
  enter(path: string): void;
  /** Told every value as it is computed. */
  computed?(ref: ValueRef, value: tf.Tensor): void;
}

export type MetricSums = Readonly<Record<string, Readonly<Record<string, tf.Tensor>>>>;

export interface ForwardResult {
  value(ref: ValueRef): tf.Tensor;
  readonly metrics: MetricSums;
}

export const refKey = (ref: ValueRef): string => `${ref.path}.${ref.port}`;

/** Runs the nodes of `paths` (all but the optimisers where absent) in the plan's order. */
export function runForward(
  plan: Plan,
  environment: ForwardEnvironment,
  paths?: ReadonlySet<string>,
): ForwardResult {
  const pass = () => runNodes(plan, environment, paths);
  // A node that asks for gradients needs its pass recorded, in evaluation and prediction as well.
  const twice = plan.nodes.some(({ path, kind }) => (!paths || paths.has(path)) && differentiatesTwice(kind));
  return twice ? withTape(pass) : pass();
}

function differentiatesTwice(kind: string): boolean {
  const definition = findNodeDefinition(kind);
  if (definition?.role !== 'layer' && definition?.role !== 'loss') return false;
  return definition.differentiatesTwice === true;
}

function runNodes(
  plan: Plan,
  environment: ForwardEnvironment,
  paths: ReadonlySet<string> | undefined,
): ForwardResult {
  const values = new Map<string, tf.Tensor>();
  const metrics: Record<string, Readonly<Record<string, tf.Tensor>>> = {};
  const datasets = new Set(plan.datasets.map((dataset) => dataset.path));

  const value = (ref: ValueRef): tf.Tensor => {
    const key = refKey(ref);
    const known = values.get(key);
    if (known) return known;
    if (!datasets.has(ref.path) && !environment.given?.has(key)) {
      throw new Error(`the plan has no value ${key}`);
    }
    const input = environment.input(ref);
    values.set(key, input);
    environment.computed?.(ref, input);
    return input;
  };

  for (const node of plan.nodes) {
    if (paths && !paths.has(node.path)) continue;
    const definition = findNodeDefinition(node.kind);
    if (!definition) throw new Error(`${node.path}: unknown kind ${node.kind}`);
    if (definition.role === 'dataset' || definition.role === 'optimizer') continue;
    environment.enter(node.path);
    const args = forwardArgs(node, environment, value, definition.ports.inputs);
    if (definition.role === 'metric') {
      metrics[node.path] = atNode(node.path, () => definition.accumulate(args));
      continue;
    }
    for (const [port, tensor] of Object.entries(atNode(node.path, () => definition.forward(args)))) {
      const ref = { path: node.path, port };
      if (environment.given?.has(refKey(ref))) continue;
      values.set(refKey(ref), tensor);
      environment.computed?.(ref, tensor);
    }
  }
  return { value, metrics };
}

function forwardArgs(
  node: PlanNode,
  environment: ForwardEnvironment,
  value: (ref: ValueRef) => tf.Tensor,
  ports: readonly { id: string; multiple?: boolean }[],
): ForwardArgs<Readonly<Record<string, unknown>>> {
  const inputs: Record<string, tf.Tensor> = {};
  const lists: Record<string, readonly tf.Tensor[]> = {};
  for (const port of ports) {
    const refs = node.inputs[port.id] ?? [];
    if (port.multiple) lists[port.id] = refs.map(value);
    else if (refs[0]) inputs[port.id] = value(refs[0]);
  }
  const weights: Record<string, tf.Tensor> = {};
  for (const name of Object.keys(node.weights)) {
    // A getter: a weight that a forward function does not ask for is not read.
    Object.defineProperty(weights, name, {
      enumerable: true,
      get: () => environment.weight(node.weightsPath, name),
    });
  }
  const ctx: ForwardContext = {
    ops: environment.ops,
    // Frozen running averages are used as they are: by a batch's own they would not be frozen.
    training: environment.training && !(node.frozen && hasRunningState(node)),
    random: environment.random(node.path),
    update: (state, tensor) => environment.update(node.weightsPath, state, tensor),
  };
  return { ctx, inputs, lists, weights, params: node.params };
}

const hasRunningState = ({ weights }: PlanNode): boolean =>
  Object.values(weights).some(({ trainable }) => !trainable);

/** The paths of every node that `targets` depend on, themselves included; not beyond values that are given. */
export function dependencies(
  plan: Plan,
  targets: readonly string[],
  given: ReadonlySet<string> = new Set(),
): Set<string> {
  const byPath = new Map(plan.nodes.map((node) => [node.path, node]));
  const found = new Set<string>();
  const pending = [...targets];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    for (const refs of Object.values(byPath.get(path)?.inputs ?? {})) {
      for (const ref of refs) if (!given.has(refKey(ref))) pending.push(ref.path);
    }
  }
  return found;
}

/** The sum of every loss of the plan: what a step reports. */
export function totalLoss(plan: Plan, result: ForwardResult): tf.Tensor {
  const losses = plan.losses.map((path) => result.value({ path, port: 'loss' }));
  const [first, ...rest] = losses;
  if (!first) throw new Error('the plan has no loss');
  return rest.reduce((sum, loss) => tf.add(sum, loss), first);
}

/** The loss of each optimiser by its path, where there are several. */
export function optimizerLosses(plan: Plan, result: ForwardResult): [string, tf.Tensor][] {
  if (plan.optimizers.length < 2) return [];
  return plan.optimizers.map(({ path, loss }) => [path, result.value(loss)]);
}

/** The network's answers by loss path. */
export function predictions(plan: Plan, ops: Ops, result: ForwardResult): Record<string, tf.Tensor> {
  return Object.fromEntries(
    plan.predictions.map((prediction) => {
      const value = result.value(prediction.value);
      return [prediction.lossPath, readAnswer(ops, prediction.activation, value)];
    }),
  );
}

/** What a loss reads as the network's answer: probabilities where it takes logits. */
export function readAnswer(
  ops: Ops,
  activation: Plan['predictions'][number]['activation'],
  value: tf.Tensor,
): tf.Tensor {
  if (activation === 'softmax') return ops.softmax(value);
  return activation === 'sigmoid' ? ops.sigmoid(value) : value;
}
