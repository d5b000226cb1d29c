import { setImmediate as nextTurn } from 'node:timers/promises';
import { dataPortType } from '#shared/compile/dataPorts.ts';
import { decodeDetections, trueDetections } from '#shared/images/detections.ts';
import type { Split } from '#shared/protocol/engine.ts';
import type { Evaluation, Sample } from '#shared/protocol/run.ts';
import { sampleKindOf } from '#shared/types/sampleKind.ts';
import { EVALUATION_BATCH, gather } from '../train/evaluateSplit.ts';
import type { OpenModel } from '../train/liveRun.ts';
import { MetricTotals, metricKeys } from '../train/metricTotals.ts';
import { type PredictionTask, predictionTask } from './classifyTask.ts';
import { shownNumbers, shownValue } from './shownValue.ts';

/** Boxes that a detector is less sure of are not drawn. */
const LEAST_SCORE = 0.5;

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
  /** How much each number of `targets` counts; all the same where absent. */
  readonly weights?: Float32Array;
  /** Of a detector, the boxes of all cells, predicted and true. */
  readonly boxes?: { readonly predictions: Float32Array; readonly targets: Float32Array };
}

/** Places of a sample that are classified each by itself: pixels, cells, characters. */
const placesOf = ({ targetWidth }: Answers): number => targetWidth;

/** Runs a whole split once for its metrics and once for its predictions. */
export async function answerSplit(model: OpenModel, split: Split): Promise<Answers> {
  const { session, plan, lock } = model;
  const data = await model.openData();
  const task = predictionTask(plan);
  const { detection, weightsKey } = task;
  const count = data.counts[split];
  const totals = new MetricTotals(metricKeys(plan));
  return await lock.run(async () => {
    const predictions = new Rows(count);
    const targets = new Rows(count);
    const weights = new Rows(count);
    const found = new Rows(count);
    const there = new Rows(count);
    for (let start = 0, place = 0; start < count; start += EVALUATION_BATCH, place += 1) {
      const batch = await gather(data, split, start);
      totals.add(await session.evaluateStep(batch, place), batch.size);
      const answers = await session.predict(batch, place);
      const put = (rows: Rows, value: { readonly data: ArrayLike<number> } | undefined) => {
        if (!value) throw new Error('the session gave no prediction');
        rows.put(start, batch.size, value.data);
      };
      put(predictions, answers[task.prediction.lossPath]);
      put(targets, batch.values[task.targetKey]);
      if (weightsKey) put(weights, batch.values[weightsKey]);
      if (detection) {
        put(found, answers[detection.boxesPath]);
        put(there, batch.values[detection.targetsKey]);
      }
      await nextTurn();
    }
    return {
      split,
      count,
      metrics: totals.empty ? {} : totals.metrics(),
      width: predictions.width,
      targetWidth: targets.width,
      predictions: predictions.values,
      targets: targets.values,
      ...(weightsKey && weights.width === targets.width && { weights: weights.values }),
      ...(detection && { boxes: { predictions: found.values, targets: there.values } }),
    };
  });
}

/** Numbers of samples, batch after batch; how many a sample has, the first batch says. */
class Rows {
  width = 0;
  values: Float32Array = new Float32Array(0);
  readonly #count: number;

  constructor(count: number) {
    this.#count = count;
  }

  put(start: number, size: number, data: ArrayLike<number>): void {
    if (start === 0) {
      this.width = data.length / size;
      this.values = new Float32Array(this.#count * this.width);
    }
    this.values.set(data, start * this.width);
  }
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
    sampleKind: sampleKindOf(Object.assign({}, ...model.plan.datasets.map(({ facts }) => facts.outputs))),
    targetNames: targetNames(model.plan, task.targetKey),
    confusion: labels && confusionMatrix(answers, labels.length),
    samples: await Promise.all(ranked.map((index) => sample(model, task, answers, index))),
  };
}

/** What the numbers that are predicted are called, where they have names. */
function targetNames(plan: OpenModel['plan'], key: string): string[] | null {
  const meaning = dataPortType(plan, key)?.meaning;
  return meaning?.kind === 'features' && meaning.names ? [...meaning.names] : null;
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
    .filter((index) =>
      someplace(
        answers,
        index,
        (place) =>
          answers.targets[place] === cell.trueClass &&
          largest(answers, place).position === cell.predictedClass,
      ),
    )
    .slice(0, cell.maxSamples);
  return await Promise.all(found.map((index) => sample(model, task, answers, index)));
}

function someplace(answers: Answers, index: number, holds: (place: number) => boolean): boolean {
  const places = placesOf(answers);
  for (let place = index * places; place < (index + 1) * places; place += 1) {
    if (answers.weights?.[place] !== 0 && holds(place)) return true;
  }
  return false;
}

function confusionMatrix(answers: Answers, classes: number): number[][] {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  const places = placesOf(answers);
  for (let place = 0; place < answers.count * places; place += 1) {
    if (answers.weights?.[place] === 0) continue;
    const row = matrix[answers.targets[place] ?? -1];
    const column = largest(answers, place).position;
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
      // Of answers for many places, the sample with most wrong ones comes first.
      const places = placesOf(answers);
      const errors = wrongPlaces(answers, index);
      score[index] = places === 1 ? largest(answers, index).value : errors;
      wrong[index] = errors > 0 ? 1 : 0;
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

/** Likeliest class of a place: places are counted over all samples. */
function largest(answers: Answers, place: number): { position: number; value: number } {
  const { predictions } = answers;
  const width = answers.width / placesOf(answers);
  let position = 0;
  let value = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < width; at += 1) {
    const candidate = predictions[place * width + at] ?? Number.NEGATIVE_INFINITY;
    if (candidate > value) {
      value = candidate;
      position = at;
    }
  }
  return { position, value };
}

function wrongPlaces(answers: Answers, index: number): number {
  const places = placesOf(answers);
  let wrong = 0;
  for (let place = index * places; place < (index + 1) * places; place += 1) {
    const counts = answers.weights?.[place] !== 0;
    if (counts && largest(answers, place).position !== answers.targets[place]) wrong += 1;
  }
  return wrong;
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
  const { labels, detection, otherKey } = task;
  const part = (values: Float32Array, length: number) =>
    values.subarray(index * length, (index + 1) * length);
  const shown = (key: string) => shownValue(batch.values[key], dataPortType(model.plan, key));
  const target = Array.from(part(answers.targets, targetWidth));
  const scores = part(answers.predictions, width);
  const targetType = dataPortType(model.plan, task.targetKey);
  const shownAnswer = (numbers: ArrayLike<number>): number[] =>
    labels ? Array.from(numbers) : shownNumbers(numbers, targetType);
  const many = labels !== null && targetWidth > 1;
  const cells = 4 * targetWidth;
  return {
    index,
    input: shown(task.inputKey),
    ...(otherKey && { other: shown(otherKey) }),
    target: shownAnswer(target),
    prediction: many
      ? target.map((_, place) => largest(answers, index * targetWidth + place).position)
      : shownAnswer(scores),
    correct: labels ? wrongPlaces(answers, index) === 0 : null,
    ...(detection &&
      answers.boxes && {
        boxes: {
          there: trueDetections(target, part(answers.boxes.targets, cells), detection.grid),
          found: decodeDetections(scores, part(answers.boxes.predictions, cells), {
            ...detection.grid,
            classes: width / targetWidth,
            least: LEAST_SCORE,
          }),
        },
      }),
  };
}
