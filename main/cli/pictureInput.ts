import { decodePicture } from '#main/services/data/pictures/decodePicture.ts';
import { fitPicture } from '#main/services/data/pictures/fitPicture.ts';
import { PictureError } from '#main/services/data/pictures/pictureError.ts';
import { pictureReadingSchema } from '#main/services/data/pictures/pictureReading.ts';
import type { LookedSources } from '#shared/protocol/data.ts';
import type { TensorValue } from '#shared/protocol/run.ts';
import { inputError } from './graphInput.ts';

/**
 * A picture for a network that was trained on a folder of pictures, brought into the same form as those.
 * Undefined where this is no such network.
 */
export async function readPictureInput(
  bytes: Uint8Array,
  file: string,
  looked: LookedSources,
): Promise<Record<string, TensorValue> | undefined> {
  const reading = Object.values(looked)
    .map((source) => pictureReadingSchema.safeParse(source.reading))
    .find(({ success }) => success)?.data;
  if (!reading) return undefined;
  const { width, height, channels, shift, gain } = reading;
  try {
    const fitted = fitPicture(await decodePicture(bytes), reading);
    const data = Float32Array.from(fitted, (byte, at) => {
      const channel = at % shift.length;
      return (Math.fround(byte / 255) - (shift[channel] ?? 0)) * (gain[channel] ?? 1);
    });
    return { image: { shape: [1, height, width, channels], data } };
  } catch (error) {
    if (!(error instanceof PictureError)) throw error;
    throw inputError('invalid-input', 'picture-unreadable', {
      file,
      fault: error.fault.replaceAll('-', '_'),
      detail: error.message,
    });
  }
}
