import { describe, expect, it } from 'vitest';
import { createRandom } from '#main/engine/data/random.ts';
import { diffusionStep, noiseShares, startsFrom } from '#main/engine/probe/diffusionStep.ts';
import { drawToken } from '#main/engine/probe/sampleText.ts';
import { tileImages } from '#shared/images/tileImages.ts';

const chances = Float32Array.of(0.1, 0.6, 0.3);
function shares(temperature: number, topK: number): number[] {
  const random = createRandom(1, 'test');
  const counts = [0, 0, 0];
  for (let draw = 0; draw < 20_000; draw += 1) {
    const token = drawToken(chances, { temperature, topK }, random);
    counts[token] = (counts[token] ?? 0) + 1;
  }
  return counts.map((count) => count / 20_000);
}

describe('drawing a token', () => {
  it('follows the probabilities at temperature 1', () => {
    for (const [token, share] of shares(1, 0).entries()) expect(share).toBeCloseTo(chances[token] ?? 0, 1);
  });

  it('sharpens below 1: p^(1/T), normalised', () => {
    const squares = [0.01, 0.36, 0.09];
    for (const [token, share] of shares(0.5, 0).entries()) {
      expect(share).toBeCloseTo((squares[token] ?? 0) / 0.46, 1);
    }
  });

  it('takes the likeliest at 0, and only from the k likeliest', () => {
    expect(shares(0, 0)).toEqual([0, 1, 0]);
    expect(shares(3, 2)[0]).toBe(0);
    expect(shares(1, 1)).toEqual([0, 1, 0]);
  });

  it('does not underflow at a small temperature', () => {
    expect(shares(0.01, 0)).toEqual([0, 1, 0]);
  });
});

describe.each(['cosine', 'linear'])('diffusion by the %s schedule', (schedule) => {
  it('has signal and noise whose squares sum to one, from all signal to nearly all noise', () => {
    for (const time of [0.1, 0.5, 0.9]) {
      const { signal, noise } = noiseShares(time, schedule);
      expect(signal ** 2 + noise ** 2).toBeCloseTo(1, 6);
    }
    expect(noiseShares(0, schedule).signal).toBeCloseTo(1, 6);
    expect(noiseShares(1, schedule).signal).toBeLessThan(0.01);
  });

  it('comes back to the image where every guess is right', () => {
    const image = Float32Array.of(-1, -0.5, 0.25, 1);
    let x = startsFrom(4, 3);
    const steps = 50;
    for (let step = 0; step < steps; step += 1) {
      const from = 1 - step / steps;
      const { signal, noise } = noiseShares(from, schedule);
      const guess = Float32Array.from(x, (value, at) => (value - signal * (image[at] ?? 0)) / noise);
      const to = 1 - (step + 1) / steps;
      x = diffusionStep({ x, noise: guess, from, to, schedule, seed: 3 }).next;
    }
    for (const [at, value] of x.entries()) expect(value).toBeCloseTo(image[at] ?? 0, 4);
  });

  it('keeps the spread of pure noise where nothing is known of the image', () => {
    // The best guess of the noise in x, where the image is 0 everywhere.
    const x = startsFrom(20_000, 5);
    const from = 0.8;
    const { noise } = noiseShares(from, schedule);
    const start = Float32Array.from(x, (value) => value * noise);
    const { next } = diffusionStep({
      ...{ x: start, noise: x, from, to: 0.7, schedule, seed: 5 },
    });
    const spread = Math.sqrt(next.reduce((sum, value) => sum + value * value, 0) / next.length);
    expect(spread).toBeCloseTo(noiseShares(0.7, schedule).noise, 1);
  });
});

describe('images in one picture', () => {
  it('stand in rows, a dark pixel apart', () => {
    const images = { shape: [3, 1, 2, 1], data: Float32Array.of(1, 2, 3, 4, 5, 6) };
    expect(tileImages(images)).toEqual({
      width: 5,
      height: 3,
      channels: 1,
      data: Float32Array.of(1, 2, 0, 3, 4, 0, 0, 0, 0, 0, 5, 6, 0, 0, 0),
    });
  });
});
