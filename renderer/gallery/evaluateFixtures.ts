import type { Detection, Evaluation, Sample } from '#shared/protocol/run.ts';
import { evaluation } from './fixtureData.ts';

/** Evaluations of every form an answer has, made of formulas, for the gallery and nowhere else. */
const count = 12;
const indices = Array.from({ length: count }, (_, index) => index);

interface Scene {
  readonly index: number;
  readonly size: number;
}

/** A disc on a ground, in three colours that change with the index. */
function scene({ index, size }: Scene): Sample['input'] {
  const data = new Float32Array(size * size * 3);
  for (let pixel = 0; pixel < size * size; pixel += 1) {
    const inside = insideDisc(index, size, pixel);
    const colour = inside ? [0.9, 0.4 + 0.05 * index, 0.2] : [0.15, 0.2, 0.3 + 0.03 * index];
    data.set(colour, 3 * pixel);
  }
  return { shape: [size, size, 3], data };
}

function insideDisc(index: number, size: number, pixel: number): boolean {
  const x = (pixel % size) / size - 0.35 - 0.02 * index;
  const y = Math.floor(pixel / size) / size - 0.6 + 0.02 * index;
  return Math.hypot(x, y) < 0.2;
}

const box = (index: number, shift: number, score: number): Detection => ({
  label: 1,
  score,
  x: 0.15 + 0.02 * index + shift,
  y: 0.4 - 0.02 * index + shift,
  width: 0.4,
  height: 0.4,
});

const named = { ...evaluation, confusion: null, targetNames: null } as const;
const shapes = ['nothing', 'disc', 'square', 'triangle'];

export const detections: Evaluation = {
  ...named,
  metrics: { loss: 0.4812, meanAveragePrecision: 0.9312 },
  labels: shapes,
  sampleKind: 'image',
  samples: indices.map((index) => ({
    index,
    input: scene({ index, size: 48 }),
    target: Array.from({ length: 36 }, (_, cell) => (cell === 14 ? 1 : 0)),
    prediction: Array.from({ length: 36 }, (_, cell) => (cell === 14 || (index < 4 && cell === 20) ? 1 : 0)),
    correct: index >= 4,
    boxes: { there: [box(index, 0, 1)], found: [box(index, 0.02, 0.97 - 0.02 * index)] },
  })),
};

export const maps: Evaluation = {
  ...named,
  metrics: { loss: 0.0521, accuracy: 0.9824 },
  labels: shapes,
  confusion: shapes.map((_, truth) =>
    shapes.map((_none, found) => (truth === found ? 40_000 : 120 * (truth + found))),
  ),
  sampleKind: 'image',
  samples: indices.map((index) => ({
    index,
    input: scene({ index, size: 24 }),
    target: Array.from({ length: 576 }, (_, pixel) => (insideDisc(index, 24, pixel) ? 1 : 0)),
    prediction: Array.from({ length: 576 }, (_, pixel) =>
      insideDisc(index, 24, pixel + 1 + (index % 2)) ? 1 : 0,
    ),
    correct: false,
  })),
};

const wave = (at: number, index: number): number => 60 + 55 * Math.sin(at / 7 + index);

export const forecasts: Evaluation = {
  ...named,
  metrics: { loss: 0.0484, rootMeanSquaredError: 22.12, meanAbsoluteError: 16.4 },
  labels: null,
  sampleKind: 'sequence',
  samples: indices.map((index) => ({
    index,
    input: { shape: [44, 1], data: Float32Array.from({ length: 44 }, (_, at) => wave(at, index)) },
    target: Array.from({ length: 8 }, (_, at) => wave(44 + at, index)),
    prediction: Array.from({ length: 8 }, (_, at) => wave(44 + at, index) * (1 - 0.03 * at)),
    correct: null,
  })),
};

const words = ['yes', 'no', 'stop', 'go'];

export const spectrograms: Evaluation = {
  ...named,
  metrics: { loss: 0.1921, accuracy: 0.9531 },
  labels: words,
  confusion: words.map((_, truth) =>
    words.map((_none, found) => (truth === found ? 60 : (truth + found) % 3)),
  ),
  sampleKind: 'sequence',
  samples: indices.map((index) => ({
    index,
    input: {
      shape: [40, 24],
      data: Float32Array.from({ length: 40 * 24 }, (_, at) => {
        const [step, band] = [Math.floor(at / 24), at % 24];
        return Math.max(0, 1 - Math.abs(band - 6 - 4 * Math.sin(step / 6 + index)) / 4);
      }),
    },
    target: [index % 4],
    prediction: words.map((_, at) => (at === (index + 1) % 4 ? 0.7 : 0.1)),
    correct: false,
  })),
};

export const pairs: Evaluation = {
  ...named,
  metrics: { loss: 0.0712, accuracy: 0.9712 },
  labels: ['different', 'same'],
  confusion: [
    [2431, 69],
    [75, 2425],
  ],
  sampleKind: 'pair',
  samples: evaluation.samples.slice(0, count).map((sample, index) => ({
    ...sample,
    other: evaluation.samples[index + 1]?.input ?? sample.input,
    target: [index % 2],
    prediction: index % 2 === 0 ? [0.2, 0.8] : [0.9, 0.1],
    correct: false,
  })),
};

const letters = [...'0123456789- .,'];
const written = (text: string): number[] => [...text].map((letter) => letters.indexOf(letter));

export const texts: Evaluation = {
  ...named,
  metrics: { loss: 0.0021, exactMatch: 0.9912 },
  labels: letters,
  sampleKind: 'sequence',
  samples: indices.map((index) => ({
    index,
    input: { shape: [24], data: Float32Array.from({ length: 24 }, (_, at) => (at * 3 + index) % 40) },
    target: written(`2013-0${1 + (index % 9)}-14`),
    prediction: written(`2013-0${1 + ((index + 1) % 9)}-14`),
    correct: false,
  })),
};

export const numbers: Evaluation = {
  ...named,
  metrics: { loss: 0.0321, meanAbsoluteError: 14_210, rSquared: 0.912 },
  labels: null,
  sampleKind: 'row',
  targetNames: ['price', 'rent'],
  samples: indices.map((index) => ({
    index,
    input: { shape: [9], data: new Float32Array(9).fill(0.1 * index) },
    target: [240_000 + 11_000 * index, 900 + 35 * index],
    prediction: [262_000 + 9_000 * index, 955 + 30 * index],
    correct: null,
  })),
};
