import type { FactsByNode, Plan, PlanNode } from '#shared/compile/plan.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import { findNodeDefinition } from '#shared/nodes/registry.ts';
import type { Explanation } from '#shared/protocol/explanation.ts';
import type { PortType, TensorType } from '#shared/types/portType.ts';
import { compileDocument } from '../compileDocument.ts';
import type { Batch, BatchValue, Runtime } from '../runtime.ts';
import { trainedPaths, variableSpecs } from '../trace/variables.ts';
import { type ExecutionMemory, executionKey } from '../train/executionMemory.ts';
import { initializeWeights } from '../train/initialize.ts';

/**
 * What each stage makes of a graph: the plan, the programs as they were recorded and as they run,
 * and what a step needs in memory. Nothing is trained and no data is read: the programs run once,
 * on zeros.
 */
export async function explainDocument(
  runtime: Runtime,
  document: GraphDocument,
  memory: ExecutionMemory | null,
  facts: FactsByNode = {},
): Promise<Explanation> {
  const plan = compileDocument(document, facts);
  const { seed, batchSize } = plan.training;
  const [own] = runtime.executions ?? [];
  const known = own && memory ? await memory.recall(executionKey(plan, runtime.info)) : null;
  const execution = known ?? own;
  const session = await runtime.createSession(plan, {
    seed,
    initialWeights: initializeWeights(plan, seed),
    ...(execution && { execution }),
  });
  try {
    return {
      runtime: runtime.info,
      plan: {
        batchSize,
        nodes: plan.nodes.map((node) => describeNode(node, batchSize)),
        optimizers: Object.fromEntries(
          plan.optimizers.map((optimizer) => [optimizer.path, [...trainedPaths(plan, optimizer)]]),
        ),
      },
      programs: (await session.describePrograms?.(zeroBatch(plan))) ?? [],
      execution: execution ? { options: execution, chosen: known ? 'remembered' : 'default' } : null,
      memory: forecastMemory(plan),
    };
  } finally {
    session.dispose();
  }
}

function describeNode(node: PlanNode, batchSize: number): Explanation['plan']['nodes'][number] {
  const outputs: Record<string, string> = {};
  for (const [port, type] of Object.entries(node.outputTypes)) outputs[port] = shapeText(type);
  const owns = node.weightsPath === node.path;
  const weights = owns ? Object.values(node.weights).map(({ shape }) => product(shape)) : [];
  return {
    path: node.path,
    kind: node.kind,
    outputs,
    weights: weights.reduce((sum, size) => sum + size, 0),
    activationBytes: activationBytes(node, batchSize),
  };
}

const shapeText = (type: PortType): string =>
  type.type === 'tensor' ? `${type.dtype} [${type.shape.join(', ')}]` : type.type;

const product = (shape: readonly number[]): number => shape.reduce((size, dim) => size * dim, 1);

/** Numbers of a tensor for a batch; what is not known before it runs counts as one. */
const sizeOf = ({ shape }: TensorType, batchSize: number): number =>
  product(shape.map((dim) => (typeof dim === 'number' ? dim : dim === 'B' ? batchSize : 1)));

const FLOAT_BYTES = 4;

function activationBytes(node: PlanNode, batchSize: number): number {
  let bytes = 0;
  for (const type of Object.values(node.outputTypes)) {
    if (type.type === 'tensor') bytes += FLOAT_BYTES * sizeOf(type, batchSize);
  }
  return bytes;
}

function forecastMemory(plan: Plan): Explanation['memory'] {
  const bytes = (role: (role: string) => boolean): number =>
    variableSpecs(plan)
      .filter((spec) => role(spec.role))
      .reduce((sum, { shape }) => sum + FLOAT_BYTES * product(shape), 0);
  const computing = plan.nodes.filter(({ kind }) => {
    const role = findNodeDefinition(kind)?.role;
    return role !== 'metric' && role !== 'optimizer';
  });
  return {
    weights: bytes((role) => role !== 'slot'),
    slots: bytes((role) => role === 'slot'),
    gradients: bytes((role) => role === 'weight'),
    activations: computing.reduce((sum, node) => sum + activationBytes(node, plan.training.batchSize), 0),
  };
}

/** A batch of zeros with the shapes that the data has. */
function zeroBatch(plan: Plan): Batch {
  const size = plan.training.batchSize;
  const values: Record<string, BatchValue> = {};
  for (const { path, facts } of plan.datasets) {
    for (const [port, { shape, dtype }] of Object.entries(facts.outputs)) {
      const dims = shape.map((dim) => (typeof dim === 'number' ? dim : dim === 'B' ? size : 1));
      const length = product(dims);
      values[`${path}.${port}`] =
        dtype === 'float32'
          ? { shape: dims, dtype, data: new Float32Array(length) }
          : { shape: dims, dtype: 'int32', data: new Int32Array(length) };
    }
  }
  return { size, values };
}
