import type { Plan, PlanPrediction } from '#shared/compile/plan.ts';
import { EngineError } from '../failures.ts';

export interface PredictionTask {
  readonly prediction: PlanPrediction;
  /** Names of the classes; null where the answer is not a class. */
  readonly labels: readonly string[] | null;
  /** Key in a batch of the value that the prediction is compared with. */
  readonly targetKey: string;
  /** Key of the value shown as the sample's input, and its port. */
  readonly inputKey: string;
}

/** What the network predicts, and from what: the first loss of the plan. */
export function predictionTask(plan: Plan): PredictionTask {
  const [prediction] = plan.predictions;
  if (!prediction) {
    throw new EngineError({
      reason: 'invalid-graph',
      message: 'The graph has no loss, so nothing is predicted.',
    });
  }
  const { target, targetType } = prediction;
  const targetKey = `${target.path}.${target.port}`;
  const inputKey = plan.datasets
    .flatMap(({ path, facts }) => Object.keys(facts.outputs).map((port) => `${path}.${port}`))
    .find((key) => key !== targetKey);
  if (!inputKey) throw new EngineError({ reason: 'invalid-graph', message: 'The network has no input.' });
  const labels =
    prediction.activation === 'softmax'
      ? classLabels(targetType.meaning, prediction.type.shape.at(-1))
      : null;
  return { prediction, labels, targetKey, inputKey };
}

function classLabels(
  meaning: Plan['predictions'][number]['targetType']['meaning'],
  classes: number | string | undefined,
): readonly string[] {
  if (meaning?.kind === 'class') return meaning.labels;
  return Array.from({ length: Number(classes) }, (_, index) => String(index));
}
