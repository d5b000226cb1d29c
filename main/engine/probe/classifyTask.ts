import { engineFailure } from '#main/services/engineFailure.ts';
import type { Plan, PlanPrediction, ValueRef } from '#shared/compile/plan.ts';
import type { ClassValues } from '#shared/protocol/run.ts';
import { EngineError } from '../failures.ts';

export interface PredictionTask {
  readonly prediction: PlanPrediction;
  /** Names of the classes; null where the answer is not a class. */
  readonly labels: readonly string[] | null;
  readonly classValues: ClassValues;
  /** Key in a batch of the value that the prediction is compared with. */
  readonly targetKey: string;
  /** Key of the value shown as the sample's input, and its port. */
  readonly inputKey: string;
}

/** What the network predicts, and from what: the first loss of the plan. */
export function predictionTask(plan: Plan): PredictionTask {
  const [prediction] = plan.predictions;
  if (!prediction) {
    throw new EngineError(engineFailure('invalid-graph', 'no-prediction'));
  }
  const { target, targetType } = prediction;
  const targetKey = datasetKey(plan, target);
  if (targetKey === null) {
    throw new EngineError({ ...engineFailure('invalid-graph', 'computed-target'), nodeId: target.path });
  }
  const sources = plan.datasets.flatMap(({ path, facts }) =>
    Object.entries(facts.outputs).map(([port, type]) => ({
      key: `${path}.${port}`,
      isClass: type.meaning?.kind === 'class',
    })),
  );
  // What is predicted is no input, but for a network that gives back what it was given.
  const inputKey = (
    sources.find(({ key, isClass }) => key !== targetKey && !isClass) ??
    sources.find(({ isClass }) => !isClass) ??
    sources.find(({ key }) => key !== targetKey)
  )?.key;
  if (!inputKey) throw new EngineError(engineFailure('invalid-graph', 'no-network-input'));
  const labels =
    prediction.activation === 'softmax' || targetType.meaning?.kind === 'class'
      ? classLabels(targetType.meaning, prediction.type.shape.at(-1))
      : null;
  const classValues = prediction.activation === 'linear' ? 'scores' : 'probabilities';
  return { prediction, labels, classValues, targetKey, inputKey };
}

/** The batch's value that a wire carries; null where it is computed. Flattening leaves the numbers as they are. */
function datasetKey(plan: Plan, { path, port }: ValueRef): string | null {
  if (plan.datasets.some((dataset) => dataset.path === path)) return `${path}.${port}`;
  const node = plan.nodes.find((candidate) => candidate.path === path);
  const [source] = (node?.kind === 'flatten' ? node.inputs.x : undefined) ?? [];
  return source ? datasetKey(plan, source) : null;
}

function classLabels(
  meaning: Plan['predictions'][number]['targetType']['meaning'],
  classes: number | string | undefined,
): readonly string[] {
  if (meaning?.kind === 'class') return meaning.labels;
  return Array.from({ length: Number(classes) }, (_, index) => String(index));
}
