import { engineFailure } from '#main/services/engineFailure.ts';
import { dataPortKey } from '#shared/compile/dataPorts.ts';
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
  /** Key of a second picture that the network is given. */
  readonly otherKey: string | null;
  /** Key of what says which places of the answer count; null where all do. */
  readonly weightsKey: string | null;
  readonly detection: DetectionTask | null;
}

/** A detector's answers for the cells of a grid: the prediction is their classes. */
export interface DetectionTask {
  readonly grid: { readonly rows: number; readonly columns: number };
  /** The loss of the boxes, under which they are predicted. */
  readonly boxesPath: string;
  /** Key of the true boxes. */
  readonly targetsKey: string;
}

/** What the network predicts, and from what: the first loss of the plan. */
export function predictionTask(plan: Plan): PredictionTask {
  const [prediction] = plan.predictions;
  if (!prediction) {
    throw new EngineError(engineFailure('invalid-graph', 'no-prediction'));
  }
  const { target, targetType } = prediction;
  const targetKey = dataPortKey(plan, target);
  if (targetKey === null) {
    throw new EngineError({ ...engineFailure('invalid-graph', 'computed-target'), nodeId: target.path });
  }
  const sources = plan.datasets.flatMap(({ path, facts }) =>
    Object.entries(facts.outputs).map(([port, type]) => ({
      key: `${path}.${port}`,
      isClass: type.meaning?.kind === 'class',
      isImage: type.meaning?.kind === 'image',
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
  const isImage = (key: string) => sources.some((source) => source.key === key && source.isImage);
  const otherKey =
    sources.find(({ key }) => key !== inputKey && key !== targetKey && isImage(key) && isImage(inputKey))
      ?.key ?? null;
  const loss = plan.nodes.find(({ path }) => path === prediction.lossPath);
  const [weights] = loss?.inputs.weights ?? [];
  return {
    prediction,
    labels,
    classValues,
    targetKey,
    inputKey,
    otherKey,
    weightsKey: weights ? dataPortKey(plan, weights) : null,
    detection: detectionTask(plan, prediction),
  };
}

/** Whether classes and boxes are judged together, by mAP: then they are drawn together. */
function detectionTask(plan: Plan, prediction: PlanPrediction): DetectionTask | null {
  const same = (a: ValueRef | undefined, b: ValueRef) => a?.path === b.path && a.port === b.port;
  const judge = plan.nodes.find(
    ({ kind, inputs }) => kind === 'mean-average-precision' && same(inputs.classes?.[0], prediction.value),
  );
  const [boxes] = judge?.inputs.boxes ?? [];
  const [targets] = judge?.inputs.targets ?? [];
  const boxesPath = boxes && plan.predictions.find(({ value }) => same(boxes, value))?.lossPath;
  const targetsKey = targets && dataPortKey(plan, targets);
  const [, rows, columns] = prediction.type.shape;
  if (!boxesPath || !targetsKey || typeof rows !== 'number' || typeof columns !== 'number') return null;
  return { grid: { rows, columns }, boxesPath, targetsKey };
}

function classLabels(
  meaning: Plan['predictions'][number]['targetType']['meaning'],
  classes: number | string | undefined,
): readonly string[] {
  if (meaning?.kind === 'class') return meaning.labels;
  // A network may have answers for which its data has no token.
  if (meaning?.kind === 'tokens' && meaning.vocabulary.length === Number(classes)) return meaning.vocabulary;
  return Array.from({ length: Number(classes) }, (_, index) => String(index));
}
