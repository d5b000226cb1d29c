import { engineFailure } from '#main/services/engineFailure.ts';
import {
  type DiffusionSampler,
  findSampler,
  type LatentSampler,
  type PictureSampler,
} from '#shared/compile/findSampler.ts';
import type { ValueRef } from '#shared/compile/plan.ts';
import type { TensorValue } from '#shared/protocol/run.ts';
import { createRandom } from '../data/random.ts';
import { EngineError } from '../failures.ts';
import type { BatchValue } from '../runtime.ts';
import { refKey } from '../trace/forward.ts';
import type { OpenModel } from '../train/liveRun.ts';
import { diffusionStep, startsFrom } from './diffusionStep.ts';

export interface ImageRequest {
  readonly count: number;
  readonly seed: number;
  /** Class of all images; each class in turn where null. */
  readonly wantedClass: number | null;
  /** Of diffusion: noise is taken away in so many steps. */
  readonly steps: number;
  /** What an earlier call has left to be done. */
  readonly state: { readonly noisy: TensorValue; readonly step: number } | null;
}

export interface MadeImages {
  /** `[count, H, W, C]`, from 0 to 1. */
  readonly images: TensorValue;
  /** Class that each was asked for; null where none can be asked for. */
  readonly classes: string[] | null;
  /** Null when they are done. */
  readonly state: { noisy: TensorValue; step: number } | null;
}

/** Images that the network makes out of random numbers; by diffusion, as they are after one more step. */
export async function sampleImages(model: OpenModel, request: ImageRequest): Promise<MadeImages> {
  const sampler = findSampler(model.plan);
  if (!sampler || sampler.kind === 'text') {
    throw new EngineError(engineFailure('invalid-graph', 'no-generator'));
  }
  const { seed } = request;
  const count = sampler.kind === 'picture' ? 1 : request.count;
  const wanted = sampler.wanted && classesOf(sampler.wanted.labels.length, request);
  const given: Record<string, BatchValue> =
    sampler.wanted && wanted
      ? { [refKey(sampler.wanted.port)]: { shape: [count], dtype: 'int32', data: wanted } }
      : {};
  const ask = async (value: ValueRef, values: Record<string, BatchValue>): Promise<TensorValue> => {
    const batch = { size: count, values: { ...given, ...values } };
    const [answer] = await model.lock.run(() =>
      model.session.compute(batch, { values: [value], draw: seed }),
    );
    if (!answer) throw new Error('the session gave no image');
    return answer;
  };
  const shape = [count, ...sampler.imageShape];
  const made =
    sampler.kind === 'diffusion'
      ? await denoise(sampler, request, shape, ask)
      : {
          images: await (sampler.kind === 'latent'
            ? fromLatents(sampler, request, ask)
            : learntPicture(sampler, model, ask)),
          state: null,
        };
  const labels = sampler.wanted?.labels;
  const classes = labels && wanted ? [...wanted].map((number) => labels[number] ?? '') : null;
  return { images: { shape, data: made.images }, classes, state: made.state };
}

type Ask = (value: ValueRef, values: Record<string, BatchValue>) => Promise<TensorValue>;

function classesOf(known: number, { count, wantedClass }: ImageRequest): Int32Array {
  if (wantedClass !== null && wantedClass >= known) {
    throw new EngineError(
      engineFailure('data-unavailable', 'class-unknown', { wanted: wantedClass, classes: known - 1 }),
    );
  }
  return Int32Array.from({ length: count }, (_, at) => wantedClass ?? at % known);
}

async function fromLatents(
  { latents, image, activation }: LatentSampler,
  { count, seed }: ImageRequest,
  ask: Ask,
): Promise<Float32Array<ArrayBuffer>> {
  const values: Record<string, BatchValue> = {};
  for (const { port, shape, form } of latents) {
    const random = createRandom(seed, `latent/${refKey(port)}`);
    const size = shape.reduce((product, dim) => product * dim, count);
    const draw = form === 'uniform' ? () => 2 * random.uniform() - 1 : random.normal;
    const data = Float32Array.from({ length: size }, draw);
    values[refKey(port)] = { shape: [count, ...shape], dtype: 'float32', data };
  }
  const { data } = await ask(image, values);
  const read = activation === 'sigmoid' ? (value: number) => 1 / (1 + Math.exp(-value)) : clamp;
  return Float32Array.from(data, read);
}

async function learntPicture(
  { image }: PictureSampler,
  { openData }: OpenModel,
  ask: Ask,
): Promise<Float32Array<ArrayBuffer>> {
  // The data that it is made over are the same with every sample.
  const source = await openData();
  const { values } = await source.gather({ split: 'train', indices: null, start: 0, size: 1 });
  const { data } = await ask(image, values);
  return Float32Array.from(data, clamp);
}

async function denoise(
  { noisy, time, guess, schedule }: DiffusionSampler,
  { count, seed, steps, state }: ImageRequest,
  shape: readonly number[],
  ask: Ask,
): Promise<{ images: Float32Array<ArrayBuffer>; state: MadeImages['state'] }> {
  const size = shape.reduce((product, dim) => product * dim, 1);
  const step = state?.step ?? 0;
  const x = state?.noisy.data ?? startsFrom(size, seed);
  if (x.length !== size || step >= steps)
    throw new EngineError(engineFailure('invalid-graph', 'no-generator'));
  const from = 1 - step / steps;
  const noise = await ask(guess, {
    [refKey(noisy)]: { shape: [...shape], dtype: 'float32', data: x },
    [refKey(time)]: { shape: [count], dtype: 'float32', data: new Float32Array(count).fill(from) },
  });
  const to = 1 - (step + 1) / steps;
  const { next, clean } = diffusionStep({ x, noise: noise.data, from, to, schedule, seed });
  const done = step + 1 === steps;
  return {
    // The network saw images from −1 to 1.
    images: Float32Array.from(clean, (value) => clamp((value + 1) / 2)),
    state: done ? null : { noisy: { shape: [...shape], data: next }, step: step + 1 },
  };
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value));
