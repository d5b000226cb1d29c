import { createRandom } from '#main/engine/data/random.ts';
import type { Batch } from '#main/engine/runtime.ts';
import type { Plan, PlanNode, ValueRef } from '#shared/compile/plan.ts';
import { trainingSchema } from '#shared/graph/document.ts';
import type {
  InferArgs,
  LayerNode,
  LossNode,
  MetricNode,
  NodeDefinition,
  NodeExample,
  WeightSpec,
} from '#shared/nodes/defineNode.ts';
import type { PortType, TensorType } from '#shared/types/portType.ts';

/** Kind of the test's own node: a trainable tensor, so that a gradient reaches a layer's inputs. */
export const PARAMETER_KIND = 'conformance-parameter';

/** An example's inputs one by one: `x`, or `values/0`, `values/1` for a port that takes several. */
export interface ExampleInput {
  readonly port: string;
  readonly path: string;
  readonly dtype: TensorType['dtype'];
  readonly shape: readonly number[];
  /** What its numbers are drawn from: from the first up to the second. */
  readonly range: readonly [number, number];
}

export function exampleInputs(example: NodeExample): ExampleInput[] {
  const input = (port: string, path: string, type: PortType): ExampleInput => {
    // A loss is a number like any other.
    const dtype = type.type === 'loss' ? 'float32' : type.dtype;
    const shape = type.type === 'loss' ? [] : type.shape.map(Number);
    const range = example.ranges?.[port] ?? (dtype === 'float32' ? [-1, 1] : [0, 2]);
    return { port, path, dtype, shape, range };
  };
  return Object.entries(example.inputs).flatMap(([port, types]) =>
    'type' in types
      ? [input(port, `in-${port}`, types)]
      : types.map((type, index) => input(port, `in-${port}-${index}`, type)),
  );
}

const isTensor = (type: PortType): type is TensorType => type.type === 'tensor';

export function inferArgs(
  definition: NodeDefinition,
  example: NodeExample,
): InferArgs<Record<string, unknown>> {
  const inputs: Record<string, TensorType> = {};
  const lists: Record<string, readonly TensorType[]> = {};
  for (const [port, types] of Object.entries(example.inputs)) {
    if (!('type' in types)) lists[port] = types.filter(isTensor);
    else if (isTensor(types)) inputs[port] = types;
  }
  return { inputs, lists, params: definition.params.parse(example.params), facts: undefined, nodeId: 'node' };
}

/** Output ports of tensors, with their types. */
export type OutputTypes = Readonly<Record<string, TensorType>>;

export function outputTypes(inferred: Readonly<Record<string, PortType>>): OutputTypes {
  return Object.fromEntries(
    Object.entries(inferred).flatMap(([port, type]) => (isTensor(type) ? [[port, type]] : [])),
  );
}

/**
 * The example's node between trainable inputs and the sum of a mean squared error for each output
 * against given targets. Nothing trains it where no gradient can pass.
 */
export function examplePlan(
  definition: LayerNode | LossNode | MetricNode,
  example: NodeExample,
  outputs: OutputTypes,
): Plan {
  const args = inferArgs(definition, example);
  const inputs = exampleInputs(example);
  const parameters = inputs
    .filter(({ dtype }) => dtype === 'float32')
    .map(({ path, shape }) =>
      planNode(path, PARAMETER_KIND, {}, { value: { shape, init: { kind: 'zeros' }, trainable: true } }),
    );
  const truths = inputs
    .filter(({ dtype }) => dtype === 'bool')
    .map(({ path }) => castNode(path, { path: 'data', port: path }, 'bool'));
  const wires: Record<string, ValueRef[]> = {};
  for (const { port, path, dtype } of inputs) {
    const ref =
      dtype === 'float32'
        ? { path, port: 'value' }
        : dtype === 'bool'
          ? { path, port: 'y' }
          : { path: 'data', port: path };
    wires[port] = [...(wires[port] ?? []), ref];
  }
  const weights = definition.role === 'metric' ? {} : (definition.weights?.(args) ?? {});
  const node = { ...planNode('node', definition.kind, wires, weights), params: args.params };
  const answers = definition.role === 'layer' ? Object.entries(outputs) : [];
  const answerOf = (port: string): ValueRef =>
    outputs[port]?.dtype === 'float32' ? { path: 'node', port } : { path: `real-${port}`, port: 'y' };
  const casts = answers
    .filter(([, { dtype }]) => dtype !== 'float32')
    .map(([port]) => castNode(`real-${port}`, { path: 'node', port }, 'float32'));
  const losses = answers.map(([port]) =>
    planNode(`loss-${port}`, 'mean-squared-error', {
      prediction: [answerOf(port)],
      target: [{ path: 'data', port: `target-${port}` }],
    }),
  );
  const total = planNode('total', 'weighted-loss', {
    losses: losses.map(({ path }) => ({ path, port: 'loss' })),
  });
  const lossPath = definition.role === 'loss' ? 'node' : definition.role === 'layer' ? 'total' : undefined;
  const nodes = [...parameters, ...truths, node, ...casts, ...losses];
  const learns =
    nodes.some((one) => Object.values(one.weights).some(({ trainable }) => trainable)) &&
    (definition.role === 'loss' || answers.some(([, { dtype }]) => dtype === 'float32'));
  return {
    nodes: definition.role === 'layer' ? [...nodes, { ...total, params: { weights: [] } }] : nodes,
    datasets: [
      {
        path: 'data',
        loader: 'none',
        params: {},
        facts: { outputs: {}, splits: { train: 1, validation: 0, test: 0 } },
      },
    ],
    losses: lossPath === undefined ? [] : [lossPath],
    metrics: definition.role === 'metric' ? ['node'] : [],
    optimizers:
      lossPath !== undefined && learns
        ? [
            {
              path: 'sgd',
              kind: 'sgd',
              params: { learningRate: 1, momentum: 0, nesterov: false, weightDecay: 0 },
              loss: { path: lossPath, port: 'loss' },
              scope: nodes.map(({ path }) => path),
            },
          ]
        : [],
    predictions: answers.map(([port, type]) => ({
      lossPath: `loss-${port}`,
      value: answerOf(port),
      type,
      target: { path: 'data', port: `target-${port}` },
      targetType: type,
      activation: 'linear' as const,
    })),
    training: trainingSchema.parse({}),
  };
}

const castNode = (path: string, from: ValueRef, to: TensorType['dtype']): PlanNode => ({
  ...planNode(path, 'cast', { x: [from] }),
  params: { to },
});

/** Values for what is no parameter: whole numbers, truths and targets. */
export function exampleBatch(example: NodeExample, outputs: OutputTypes): Batch {
  const values: Record<string, Batch['values'][string]> = {};
  for (const { path, dtype, shape, range } of exampleInputs(example)) {
    if (dtype === 'float32') continue;
    const random = createRandom(1, path);
    const [low, high] = range;
    const data = Int32Array.from({ length: sizeOf(shape) }, () => low + random.below(high - low));
    values[`data.${path}`] = { shape, dtype: 'int32', data };
  }
  for (const [port, type] of Object.entries(outputs)) {
    const shape = type.shape.map(Number);
    const data = randomValues(sizeOf(shape), `target/${port}`);
    values[`data.target-${port}`] = { shape, dtype: 'float32', data };
  }
  return { size: 1, values };
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, dim) => product * dim, 1);

/** Uniform over [-1, 1), or between other limits. */
export function randomValues(
  size: number,
  stream: string,
  [low, high]: readonly [number, number] = [-1, 1],
): Float32Array<ArrayBuffer> {
  const random = createRandom(1, stream);
  return Float32Array.from({ length: size }, () => low + (high - low) * random.uniform());
}

function planNode(
  path: string,
  kind: string,
  inputs: Readonly<Record<string, readonly ValueRef[]>>,
  weights: Readonly<Record<string, WeightSpec>> = {},
): PlanNode {
  return {
    path,
    nodeId: path,
    kind,
    params: {},
    inputs,
    inputTypes: {},
    outputTypes: {},
    weights,
    weightsPath: path,
  };
}
