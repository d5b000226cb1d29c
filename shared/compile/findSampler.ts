import { findNodeDefinition } from '../nodes/registry.ts';
import type { TensorType } from '../types/portType.ts';
import type { Plan, PlanNode, PlanPrediction, ValueRef } from './plan.ts';

/** How new text or new images are made with a network: what is given to it, and what it is asked for. */
export type Sampler = TextSampler | LatentSampler | DiffusionSampler | PictureSampler;

/** A language model: asked for the next character again and again. */
export interface TextSampler {
  readonly kind: 'text';
  /** Data port that takes the text. */
  readonly text: ValueRef;
  /** Characters that it looks back. */
  readonly context: number;
  readonly vocabulary: readonly string[];
  readonly lossPath: string;
}

interface ImageSampler {
  /** `[H, W, C]`. */
  readonly imageShape: readonly number[];
  /** The data port that says of which class the image shall be. */
  readonly wanted: { readonly port: ValueRef; readonly labels: readonly string[] } | null;
}

/** A generator or decoder: random numbers become an image at once. */
export interface LatentSampler extends ImageSampler {
  readonly kind: 'latent';
  readonly latents: readonly {
    readonly port: ValueRef;
    readonly shape: readonly number[];
    readonly form: 'normal' | 'uniform';
  }[];
  readonly image: ValueRef;
  readonly activation: PlanPrediction['activation'];
}

/** Noise is taken away step by step, as the network guesses it. */
export interface DiffusionSampler extends ImageSampler {
  readonly kind: 'diffusion';
  readonly noisy: ValueRef;
  readonly time: ValueRef;
  readonly guess: ValueRef;
  readonly schedule: string;
}

/** A picture that is itself what is learnt, as in style transfer: there is only one, of data that do not change. */
export interface PictureSampler extends ImageSampler {
  readonly kind: 'picture';
  readonly image: ValueRef;
}

/** What a network can make; null where it only answers. */
export function findSampler(plan: Plan): Sampler | null {
  return textSampler(plan) ?? diffusionSampler(plan) ?? latentSampler(plan) ?? pictureSampler(plan);
}

function textSampler(plan: Plan): TextSampler | null {
  for (const { lossPath, target, type } of plan.predictions) {
    const dataset = plan.datasets.find(({ path }) => path === target.path);
    const definition = findNodeDefinition(nodeAt(plan, target.path)?.kind ?? '');
    if (!dataset || definition?.role !== 'dataset' || definition.continuation?.next !== target.port) continue;
    const { text } = definition.continuation;
    const { shape, meaning } = dataset.facts.outputs[text] ?? { shape: [] };
    const context = Number(shape[1]);
    if (meaning?.kind !== 'tokens' || type.shape.at(-1) !== meaning.vocabulary.length) continue;
    return {
      kind: 'text',
      text: { path: target.path, port: text },
      context,
      vocabulary: meaning.vocabulary,
      lossPath,
    };
  }
  return null;
}

function diffusionSampler(plan: Plan): DiffusionSampler | null {
  for (const { target, value, type } of plan.predictions) {
    const node = nodeAt(plan, target.path);
    if (node?.kind !== 'diffusion-noise' || target.port !== 'noise') continue;
    const noisy = { path: node.path, port: 'noisy' };
    const time = { path: node.path, port: 't' };
    const imageShape = sizes(type);
    const wanted = askedClass(plan, value, [noisy, time]);
    if (!imageShape || !isImage(imageShape) || wanted === undefined) continue;
    const schedule = String(node.params.schedule);
    return { kind: 'diffusion', noisy, time, guess: value, schedule, imageShape, wanted };
  }
  return null;
}

function latentSampler(plan: Plan): LatentSampler | null {
  const latents = plan.nodes.flatMap((node) => {
    const shape = sizes(node.outputTypes.y);
    if (!shape || !(node.kind === 'noise' || node.kind === 'gaussian-sample')) return [];
    const form = node.params.form === 'uniform' ? ('uniform' as const) : ('normal' as const);
    return [{ port: { path: node.path, port: 'y' }, shape, form }];
  });
  if (latents.length === 0) return null;
  const ports = latents.map(({ port }) => port);
  for (const { value, activation, imageShape } of candidates(plan, ports)) {
    const wanted = askedClass(plan, value, ports);
    if (wanted !== undefined) {
      return { kind: 'latent', latents, image: value, activation, imageShape, wanted };
    }
  }
  return null;
}

function pictureSampler(plan: Plan): PictureSampler | null {
  const given = new Set(plan.datasets.filter(({ facts }) => facts.sameInEveryBatch).map(({ path }) => path));
  const reached = new Set<string>();
  let found: PictureSampler | null = null;
  for (const node of plan.nodes) {
    const sources = Object.values(node.inputs).flat();
    const comes =
      sources.some(({ path }) => reached.has(path)) &&
      sources.every(({ path }) => reached.has(path) || given.has(path));
    if (!comes && node.kind !== 'learnable-parameter') continue;
    reached.add(node.path);
    for (const [port, type] of Object.entries(node.outputTypes)) {
      const imageShape = type.type === 'tensor' && type.shape[0] === 1 ? sizes(type) : undefined;
      // Of several, the last is the finished one; what a block makes of it is for the block alone.
      if (!imageShape || !isImage(imageShape) || (found && node.path.includes('/'))) continue;
      found = { kind: 'picture', image: { path: node.path, port }, imageShape, wanted: null };
    }
  }
  return found;
}

/** Images that depend on the latents, the nearest first: outputs of nodes, then answers as long as an image. */
function* candidates(plan: Plan, latents: readonly ValueRef[]) {
  const reached = new Set(latents.map(({ path }) => path));
  for (const node of plan.nodes) {
    const sources = Object.values(node.inputs).flat();
    if (!sources.some(({ path }) => reached.has(path))) continue;
    if (reached.has(node.path)) continue;
    reached.add(node.path);
    for (const [port, type] of Object.entries(node.outputTypes)) {
      const imageShape = type.type === 'tensor' ? sizes(type) : undefined;
      if (!imageShape || !isImage(imageShape)) continue;
      const value = { path: node.path, port };
      const read = plan.predictions.find((answer) => sameRef(answer.value, value));
      yield { value, imageShape, activation: read?.activation ?? ('linear' as const) };
    }
  }
  const images = plan.datasets.flatMap(({ facts }) =>
    Object.values(facts.outputs).flatMap((type) => {
      const shape = sizes(type);
      return type.meaning?.kind === 'image' && shape ? [shape] : [];
    }),
  );
  for (const { value, type, activation } of plan.predictions) {
    const length = numbersIn(sizes(type) ?? []);
    const imageShape = images.find((shape) => numbersIn(shape) === length);
    if (reached.has(value.path) && imageShape) yield { value, imageShape, activation };
  }
}

/**
 * The class port that a value depends on where the given ports stand in for what computes them; null where it
 * depends on no data, undefined where it depends on other data.
 */
function askedClass(
  plan: Plan,
  value: ValueRef,
  given: readonly ValueRef[],
): ImageSampler['wanted'] | undefined {
  const needed = dataNeeded(plan, value, given);
  const [port] = needed;
  if (!port) return null;
  const meaning = plan.datasets.find(({ path }) => path === port.path)?.facts.outputs[port.port]?.meaning;
  return needed.length === 1 && meaning?.kind === 'class' ? { port, labels: meaning.labels } : undefined;
}

function dataNeeded(plan: Plan, value: ValueRef, given: readonly ValueRef[]): ValueRef[] {
  const datasets = new Set(plan.datasets.map(({ path }) => path));
  const needed: ValueRef[] = [];
  const seen = new Set<string>();
  const pending = [value];
  for (let ref = pending.pop(); ref; ref = pending.pop()) {
    const key = `${ref.path}.${ref.port}`;
    if (seen.has(key) || given.some((other) => sameRef(other, ref as ValueRef))) continue;
    seen.add(key);
    if (datasets.has(ref.path)) needed.push(ref);
    else pending.push(...Object.values(nodeAt(plan, ref.path)?.inputs ?? {}).flat());
  }
  return needed;
}

const nodeAt = (plan: Plan, path: string): PlanNode | undefined =>
  plan.nodes.find((node) => node.path === path);

const sameRef = (a: ValueRef, b: ValueRef): boolean => a.path === b.path && a.port === b.port;

/** Sizes of a sample; undefined where one is not known. */
function sizes(type: PlanNode['outputTypes'][string] | TensorType | undefined): number[] | undefined {
  if (type?.type !== 'tensor' || type.shape.length < 2) return undefined;
  const shape = type.shape.slice(1).map(Number);
  return shape.some(Number.isNaN) ? undefined : shape;
}

const isImage = (shape: readonly number[]): boolean =>
  shape.length === 3 && (shape[2] === 1 || shape[2] === 3) && (shape[0] ?? 0) > 4 && (shape[1] ?? 0) > 4;

const numbersIn = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);
