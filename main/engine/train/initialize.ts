import type { Plan } from '#shared/compile/plan.ts';
import type { Initializer, WeightSpec } from '#shared/nodes/defineNode.ts';
import { createRandom } from '../data/random.ts';
import { orthogonal } from './orthogonal.ts';

/**
 * Starting values of every weight of a plan by `<path>/<weight>`. Each weight has a random stream
 * of its own, named by its key, so that adding a layer leaves the others' values as they were.
 */
export function initializeWeights(plan: Plan, seed: number): Map<string, Float32Array> {
  const weights = new Map<string, Float32Array>();
  for (const node of plan.nodes) {
    if (node.weightsPath !== node.path) continue;
    for (const [name, spec] of Object.entries(node.weights)) {
      const key = `${node.path}/${name}`;
      weights.set(key, initializeWeight(spec, seed, key));
    }
  }
  return weights;
}

/**
 * One weight's starting values. Uniform kinds draw from ±√(3·variance), normal kinds from an
 * untruncated normal, as torch.nn.init does; `spread` gives the variances.
 */
export function initializeWeight(spec: WeightSpec, seed: number, key: string): Float32Array {
  const size = spec.shape.reduce((product, dim) => product * dim, 1);
  const values = new Float32Array(size);
  const { init } = spec;
  switch (init.kind) {
    case 'zeros':
      return values;
    case 'ones':
      return values.fill(1);
    case 'constant':
      return values.fill(init.value);
    case 'glorot-uniform':
    case 'he-uniform': {
      const random = createRandom(seed, `weights/${key}`);
      const limit = Math.sqrt(3) * spread(init);
      for (let i = 0; i < size; i += 1) values[i] = (2 * random.uniform() - 1) * limit;
      return values;
    }
    case 'uniform': {
      const random = createRandom(seed, `weights/${key}`);
      for (let i = 0; i < size; i += 1) values[i] = (2 * random.uniform() - 1) * init.limit;
      return values;
    }
    case 'orthogonal':
      return orthogonal(spec.shape, init.gain, createRandom(seed, `weights/${key}`));
    case 'normal':
    case 'glorot-normal':
    case 'he-normal':
    case 'lecun-normal': {
      const random = createRandom(seed, `weights/${key}`);
      const deviation = init.kind === 'normal' ? init.deviation : spread(init);
      for (let i = 0; i < size; i += 1) values[i] = random.normal() * deviation;
      return values;
    }
  }
}

/** Standard deviation: Glorot √(2/(fanIn+fanOut)), He √(2/fanIn), LeCun √(1/fanIn). */
function spread(init: Extract<Initializer, { fanIn: number }>): number {
  switch (init.kind) {
    case 'glorot-uniform':
    case 'glorot-normal':
      return Math.sqrt(2 / (init.fanIn + init.fanOut));
    case 'he-uniform':
    case 'he-normal':
      return Math.sqrt(2 / init.fanIn);
    case 'lecun-normal':
      return Math.sqrt(1 / init.fanIn);
  }
}
