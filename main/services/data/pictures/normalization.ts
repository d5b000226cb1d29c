import { readFile } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { decodePicture } from './decodePicture.ts';
import { fitPicture } from './fitPicture.ts';
import { PictureError } from './pictureError.ts';
import type { PictureReading } from './pictureReading.ts';

/** Mean and deviation are taken from so many training pictures: they need not be exact, only the same for all. */
const MEASURED_PICTURES = 64;

export type Normalization = 'unit' | 'signed' | 'standard';

export interface Scaling {
  readonly shift: number[];
  readonly gain: number[];
  /** What comes out of black and of white. */
  readonly range: [number, number];
}

/** How the bytes of pictures become numbers. `training`: paths of the training pictures, in their drawn order. */
export async function normalization(
  wanted: Normalization,
  form: PictureReading,
  training: readonly string[],
  signal?: AbortSignal,
): Promise<Scaling> {
  if (wanted === 'unit') return { shift: [0], gain: [1], range: [0, 1] };
  if (wanted === 'signed') return { shift: [0.5], gain: [2], range: [-1, 1] };
  const { channels } = form;
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  let count = 0;
  for (const path of training.slice(0, MEASURED_PICTURES)) {
    signal?.throwIfAborted();
    const bytes = await measured(path, form);
    for (const [at, byte] of bytes.entries()) {
      const value = byte / 255;
      sums[at % channels] = (sums[at % channels] ?? 0) + value;
      squares[at % channels] = (squares[at % channels] ?? 0) + value * value;
    }
    count += bytes.length / channels;
    await nextTurn();
  }
  const shift = Array.from(sums, (sum) => Math.fround(sum / Math.max(1, count)));
  const gain = Array.from(squares, (square, channel) => {
    const variance = square / Math.max(1, count) - (shift[channel] ?? 0) ** 2;
    return Math.fround(1 / (Math.sqrt(Math.max(0, variance)) || 1));
  });
  const ends = (value: number) => shift.map((mean, channel) => (value - mean) * (gain[channel] ?? 1));
  return { shift, gain, range: [Math.min(...ends(0)), Math.max(...ends(1))] };
}

/** Nothing of a picture that is damaged: the engine tells of it. */
async function measured(path: string, form: PictureReading): Promise<Uint8Array> {
  try {
    return fitPicture(await decodePicture(await readFile(path)), form);
  } catch (error) {
    if (error instanceof PictureError) return new Uint8Array(0);
    throw error;
  }
}
