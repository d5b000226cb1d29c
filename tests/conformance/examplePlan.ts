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
import type { TensorType } from '#shared/types/portType.ts';

/** Kind of the test's own node: a trainable tensor, so that a gradient reaches a layer's inputs. */
export const PARAMETER_KIND = 'conformance-parameter';

/** An example's inputs one by one: `x`, or `values/0`, `values/1` for a port that takes several. */
export interface ExampleInput {
  readonly port: string;
  readonly path: string;
  readonly type: TensorType;
}

export function exampleInputs(example: NodeExample): ExampleInput[] {
  return Object.entries(example.inputs).flatMap(([port, types]) =>
    'dtype' in types
      ? [{ port, path: `in-${port}`, type: types }]
      : types.map((type, index) => ({ port, path: `in-${port}-${index}`, type })),
  );
}

export function inferArgs(
  definition: NodeDefinition,
  example: NodeExample,
): InferArgs<Record<string, unknown>> {
  const inputs: Record<string, TensorType> = {};
  const lists: Record<string, readonly TensorType[]> = {};
  for (const [port, types] of Object.entries(example.inputs)) {
    if ('dtype' in types) inputs[port] = types;
    else lists[port] = types;
  }
  return { inputs, lists, params: definition.params.parse(example.params), facts: undefined, nodeId: 'node' };
}

/** The example's node between trainable inputs and a mean squared error against given targets. */
export function examplePlan(
  definition: LayerNode | LossNode | MetricNode,
  example: NodeExample,
  outputs: Readonly<Record<string, readonly number[]>>,
): Plan {
  const args = inferArgs(definition, example);
  const inputs = exampleInputs(example);
  const ref = (input: ExampleInput): ValueRef =>
    input.type.dtype === 'float32' ? { path: input.path, port: 'value' } : { path: 'data', port: input.path };
  const parameters = inputs
    .filter(({ type }) => type.dtype === 'float32')
    .map((input) =>
      planNode(
        input.path,
        PARAMETER_KIND,
        {},
        {
          value: { shape: input.type.shape.map(Number), init: { kind: 'zeros' }, trainable: true },
        },
      ),
    );
  const wires: Record<string, ValueRef[]> = {};
  for (const input of inputs) wires[input.port] = [...(wires[input.port] ?? []), ref(input)];
  const weights = definition.role === 'metric' ? {} : (definition.weights?.(args) ?? {});
  const node = { ...planNode('node', definition.kind, wires, weights), params: args.params };
  const layerOutputs = definition.role === 'layer' ? Object.keys(outputs) : [];
  const losses = layerOutputs.map((port) =>
    planNode(`loss-${port}`, 'mean-squared-error', {
      prediction: [{ path: 'node', port }],
      target: [{ path: 'data', port: `target-${port}` }],
    }),
  );
  const [first] = losses;
  const lossPath = definition.role === 'loss' ? 'node' : first?.path;
  const nodes = [...parameters, node, ...losses];
  return {
    nodes,
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
      lossPath === undefined
        ? []
        : [
            {
              path: 'sgd',
              kind: 'sgd',
              params: { learningRate: 1, momentum: 0, nesterov: false, weightDecay: 0 },
              loss: { path: lossPath, port: 'loss' },
              scope: nodes.map(({ path }) => path),
            },
          ],
    predictions: layerOutputs.map((port) => {
      const type: TensorType = { type: 'tensor', dtype: 'float32', shape: outputs[port] ?? [] };
      const target = { path: 'data', port: `target-${port}` };
      return {
        lossPath: `loss-${port}`,
        value: { path: 'node', port },
        type,
        target,
        targetType: type,
        activation: 'linear' as const,
      };
    }),
    training: trainingSchema.parse({}),
  };
}

/** Values for what is no parameter: classes and targets. */
export function exampleBatch(
  example: NodeExample,
  outputs: Readonly<Record<string, readonly number[]>>,
  classes: number,
): Batch {
  const values: Record<string, Batch['values'][string]> = {};
  for (const { path, type } of exampleInputs(example)) {
    if (type.dtype === 'float32') continue;
    const shape = type.shape.map(Number);
    const random = createRandom(1, path);
    const data = Int32Array.from({ length: sizeOf(shape) }, () => random.below(classes));
    values[`data.${path}`] = { shape, dtype: 'int32', data };
  }
  for (const [port, shape] of Object.entries(outputs)) {
    const data = randomValues(sizeOf(shape), `target/${port}`);
    values[`data.target-${port}`] = { shape, dtype: 'float32', data };
  }
  return { size: 1, values };
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, dim) => product * dim, 1);

/** Uniform over [-1, 1). */
export function randomValues(size: number, stream: string): Float32Array<ArrayBuffer> {
  const random = createRandom(1, stream);
  return Float32Array.from({ length: size }, () => 2 * random.uniform() - 1);
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
