import { createRandom } from '../data/random.ts';

/** Shares of signal and noise at a time from 0 to 1, as the node `diffusion-noise` mixes them. */
export function noiseShares(time: number, schedule: string): { signal: number; noise: number } {
  if (schedule === 'cosine') {
    const angle = (time * Math.PI) / 2;
    return { signal: Math.cos(angle), noise: Math.sin(angle) };
  }
  const signal = Math.exp(-4.975 * time * time - 0.05 * time);
  return { signal, noise: Math.sqrt(1 - signal * signal) };
}

/** Pure noise, the same for a seed. */
export function startsFrom(size: number, seed: number): Float32Array<ArrayBuffer> {
  const random = createRandom(seed, 'diffusion');
  return Float32Array.from({ length: size }, random.normal);
}

interface StepArgs {
  /** As noisy as at the time `from`. */
  readonly x: Float32Array;
  /** The network's guess of the noise in it. */
  readonly noise: Float32Array;
  readonly from: number;
  readonly to: number;
  readonly schedule: string;
  readonly seed: number;
}

/**
 * One step of ancestral sampling from a time to an earlier one (Ho, Jain and Abbeel 2020, with the variance
 * of Song, Meng and Ermon 2021, η = 1): what the image would be by the guess, clipped to −1 … 1, is mixed
 * again with the guessed noise and with new noise.
 */
export function diffusionStep({ x, noise, from, to, schedule, seed }: StepArgs): {
  next: Float32Array<ArrayBuffer>;
  clean: Float32Array<ArrayBuffer>;
} {
  const now = noiseShares(from, schedule);
  const then = noiseShares(to, schedule);
  // At the very start there is no signal to divide by; the guess is all there is.
  const signal = Math.max(now.signal, 1e-3);
  const spread =
    to === 0 ? 0 : (then.noise / now.noise) * Math.sqrt(Math.max(0, 1 - (signal / then.signal) ** 2));
  const kept = Math.sqrt(Math.max(0, then.noise ** 2 - spread ** 2));
  const random = createRandom(seed, `diffusion/${from}`);
  const next = new Float32Array(x.length);
  const clean = new Float32Array(x.length);
  for (let at = 0; at < x.length; at += 1) {
    const value = x[at] ?? 0;
    const image = Math.min(1, Math.max(-1, (value - now.noise * (noise[at] ?? 0)) / signal));
    // The noise that fits the clipped image.
    const left = (value - now.signal * image) / now.noise;
    clean[at] = image;
    next[at] = then.signal * image + kept * left + spread * random.normal();
  }
  return { next, clean };
}
