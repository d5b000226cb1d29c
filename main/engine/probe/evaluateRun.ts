import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Split } from '#shared/protocol/engine.ts';
import type { Evaluation, Sample, TensorValue } from '#shared/protocol/run.ts';
import type { BatchValue } from '../runtime.ts';
import { EVALUATION_BATCH, gather } from '../train/evaluateSplit.ts';
import type { OpenModel } from '../train/liveRun.ts';
import { MetricTotals, metricKeys } from '../train/metricTotals.ts';
import { type PredictionTask, predictionTask } from './classifyTask.ts';

/** A network's answers to every sample of a split, kept so that a cell of the matrix opens at once. */
export interface Answers {
  readonly split: Split;
  readonly count: number;
  readonly metrics: Evaluation['metrics'];
  /** Numbers per sample in `predictions` and `targets`. */
  readonly width: number;
  readonly targetWidth: number;
  readonly predictions: Float32Array;
  readonly targets: Float32Array;
}

/** Runs a whole split once for its metrics and once for its predictions. */
export async function answerSplit(model: OpenModel, split: Split): Promise<Answers> {
  const { session, plan, lock } = model;
  const data = await model.openData();
  const task = predictionTask(plan);
  const count = data.counts[split];
  const totals = new MetricTotals(metricKeys(plan));
  return await lock.run(async () => {
    let predictions = new Float32Array(0);
    let targets = new Float32Array(0);
    let width = 0;
    let targetWidth = 0;
    for (let start = 0; start < count; start += EVALUATION_BATCH) {
      const batch = await gather(data, split, start);
      totals.add(await session.evaluateStep(batch), batch.size);
      const answer = (await session.predict(batch))[task.prediction.lossPath];
      const target = batch.values[task.targetKey];
      if (!answer || !target) throw new Error('the session gave no prediction');
      if (start === 0) {
        width = answer.data.length / batch.size;
        targetWidth = target.data.length / batch.size;
        predictions = new Float32Array(count * width);
        targets = new Float32Array(count * targetWidth);
      }
      predictions.set(answer.data, start * width);
      targets.set(target.data, start * targetWidth);
      await nextTurn();
    }
    return {
      split,
      count,
      metrics: totals.empty ? {} : totals.metrics(),
      width,
      targetWidth,
      predictions,
      targets,
    };
  });
}

export async function summarize(model: OpenModel, answers: Answers, maxSamples: number): Promise<Evaluation> {
  const task = predictionTask(model.plan);
  const { split, count, metrics } = answers;
  const { labels, classValues } = task;
  const ranked = rank(answers, labels !== null).slice(0, maxSamples);
  return {
    runId: model.runId,
    split,
    count,
    metrics,
    labels: labels && [...labels],
    classValues,
    confusion: labels && confusionMatrix(answers, labels.length),
    samples: await Promise.all(ranked.map((index) => sample(model, task, answers, index))),
  };
}

/** The samples of one cell of the confusion matrix, most certain first. */
export async function samplesOfCell(
  model: OpenModel,
  answers: Answers,
  cell: { trueClass: number; predictedClass: number; maxSamples: number },
): Promise<Sample[]> {
  const task = predictionTask(model.plan);
  if (!task.labels) return [];
  const found = rank(answers, true)
    .filter(
      (index) =>
        answers.targets[index] === cell.trueClass && largest(answers, index).position === cell.predictedClass,
    )
    .slice(0, cell.maxSamples);
  return await Promise.all(found.map((index) => sample(model, task, answers, index)));
}

function confusionMatrix(answers: Answers, classes: number): number[][] {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let index = 0; index < answers.count; index += 1) {
    const row = matrix[answers.targets[index] ?? -1];
    const column = largest(answers, index).position;
    if (row) row[column] = (row[column] ?? 0) + 1;
  }
  return matrix;
}

/** Indices with the wrong answers first, the most certain first; without classes, the largest error first. */
function rank(answers: Answers, classes: boolean): number[] {
  const score = new Float64Array(answers.count);
  const wrong = new Uint8Array(answers.count);
  for (let index = 0; index < answers.count; index += 1) {
    if (classes) {
      const { position, value } = largest(answers, index);
      score[index] = value;
      wrong[index] = position === answers.targets[index] ? 0 : 1;
    } else {
      for (let at = 0; at < answers.width; at += 1) {
        const error =
          (answers.predictions[index * answers.width + at] ?? 0) -
          (answers.targets[index * answers.targetWidth + at] ?? 0);
        score[index] = (score[index] ?? 0) + error * error;
      }
    }
  }
  return Array.from(score.keys()).sort(
    (a, b) => (wrong[b] ?? 0) - (wrong[a] ?? 0) || (score[b] ?? 0) - (score[a] ?? 0) || a - b,
  );
}

function largest({ predictions, width }: Answers, index: number): { position: number; value: number } {
  let position = 0;
  let value = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < width; at += 1) {
    const candidate = predictions[index * width + at] ?? Number.NEGATIVE_INFINITY;
    if (candidate > value) {
      value = candidate;
      position = at;
    }
  }
  return { position, value };
}

async function sample(
  model: OpenModel,
  task: PredictionTask,
  answers: Answers,
  index: number,
): Promise<Sample> {
  const { width, targetWidth } = answers;
  const data = await model.openData();
  const batch = await data.gather({ split: answers.split, indices: null, start: index, size: 1 });
  const target = Array.from(answers.targets.subarray(index * targetWidth, (index + 1) * targetWidth));
  return {
    index,
    input: firstOf(batch.values[task.inputKey]),
    target,
    prediction: Array.from(answers.predictions.subarray(index * width, (index + 1) * width)),
    correct: task.labels ? largest(answers, index).position === target[0] : null,
  };
}

/** A batch of one without its batch dimension. */
function firstOf(value: BatchValue | undefined): TensorValue {
  if (!value) throw new Error('the dataset gave no input');
  return { shape: value.shape.slice(1), data: Float32Array.from(value.data) };
}
