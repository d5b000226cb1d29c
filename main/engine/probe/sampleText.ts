import { engineFailure } from '#main/services/engineFailure.ts';
import { findSampler, type TextSampler } from '#shared/compile/findSampler.ts';
import { createRandom, type Random } from '../data/random.ts';
import { EngineError } from '../failures.ts';
import type { OpenModel } from '../train/liveRun.ts';

export interface TextRequest {
  /** What is there so far; a model looks back as far as its context reaches. */
  readonly text: string;
  /** Characters to add. */
  readonly count: number;
  /** Below 1 the likeliest gain, above 1 the others do; at 0 the likeliest is always taken. */
  readonly temperature: number;
  /** Only so many of the likeliest are drawn from; 0 draws from all. */
  readonly topK: number;
  readonly seed: number;
}

/** Goes on with a text, character by character: the same request gives the same text. */
export async function sampleText(model: OpenModel, request: TextRequest): Promise<{ text: string }> {
  const sampler = findSampler(model.plan);
  if (sampler?.kind !== 'text') throw new EngineError(engineFailure('invalid-graph', 'no-language-model'));
  const tokens = toTokens(sampler, request.text);
  const random = createRandom(request.seed, `text/${request.text}`);
  let added = '';
  while (added.length < request.count) {
    const chances = await nextChances(model, sampler, tokens);
    const token = drawToken(chances, request, random);
    tokens.push(token);
    added += sampler.vocabulary[token] ?? '';
  }
  return { text: added };
}

function toTokens({ vocabulary }: TextSampler, text: string): number[] {
  const numbers = new Map(vocabulary.map((sign, number) => [sign, number]));
  const unknown = [...new Set(text)].filter((sign) => !numbers.has(sign));
  if (unknown.length > 0) {
    throw new EngineError(
      engineFailure('data-unavailable', 'unknown-characters', { characters: unknown.slice(0, 10).join(' ') }),
    );
  }
  return Array.from(text, (sign) => numbers.get(sign) ?? 0);
}

/** Probabilities of the token after the given ones. What stands behind them cannot matter to a model that looks back. */
async function nextChances(
  { session, lock }: OpenModel,
  { text, context, lossPath }: TextSampler,
  tokens: readonly number[],
): Promise<Float32Array> {
  const recent = tokens.slice(-context);
  const data = new Int32Array(context);
  data.set(recent);
  const values = { [`${text.path}.${text.port}`]: { shape: [1, context], dtype: 'int32' as const, data } };
  const answers = await lock.run(() => session.predict({ size: 1, values }));
  const answer = answers[lossPath];
  if (!answer) throw new Error('the session gave no prediction');
  const width = answer.shape.at(-1) ?? 1;
  const place = Math.max(recent.length - 1, 0);
  return answer.data.subarray(place * width, (place + 1) * width);
}

/** Draws by probabilities after temperature (p^(1/T)) and the limit to the likeliest. */
export function drawToken(
  chances: Float32Array,
  { temperature, topK }: Pick<TextRequest, 'temperature' | 'topK'>,
  random: Pick<Random, 'uniform'>,
): number {
  const ranked = Array.from(chances.keys()).sort((a, b) => (chances[b] ?? 0) - (chances[a] ?? 0));
  const [likeliest = 0] = ranked;
  if (temperature === 0) return likeliest;
  const kept = topK === 0 ? ranked : ranked.slice(0, topK);
  // In logarithms relative to the likeliest, so that small temperatures do not underflow.
  const most = Math.log(chances[likeliest] ?? 1);
  const weights = kept.map((token) => Math.exp((Math.log(chances[token] ?? 0) - most) / temperature));
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [at, token] of kept.entries()) {
    left -= weights[at] ?? 0;
    if (left < 0) return token;
  }
  return likeliest;
}
