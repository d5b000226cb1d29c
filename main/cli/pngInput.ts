import { decodePicture } from '#main/services/data/pictures/decodePicture.ts';
import { DIGIT_SIZE, type GrayImage, toDigitImage } from '#shared/images/digitImage.ts';
import type { TensorValue } from '#shared/protocol/run.ts';
import { formatShape, type TensorType } from '#shared/types/portType.ts';
import { inputError } from './graphInput.ts';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** Width and height; 16 million pixels are enough for a photograph of a digit. */
export const MAX_SIDE = 4096;

export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, index) => bytes[index] === byte);
}

/**
 * A PNG as the sample of the first port that takes grey images of 28×28, brought into the form of the
 * training images: light ink on dark (what is dark on light is inverted), the digit scaled into the
 * 20×20 box and centred by its mass. A picture of exactly 28×28 is only inverted where it must be.
 */
export async function readPng(
  bytes: Uint8Array,
  file: string,
  ports: Readonly<Record<string, TensorType>>,
): Promise<Record<string, TensorValue>> {
  const found = Object.entries(ports).find(
    ([, { shape }]) => shape[1] === DIGIT_SIZE && shape[2] === DIGIT_SIZE && shape[3] === 1,
  );
  if (!found) {
    const [type] = Object.values(ports);
    const shape = type ? formatShape(type.shape) : 'none';
    throw inputError('invalid-input', 'png-not-fitting', { file, shape });
  }
  const image = inkOnDark(await grayImage(bytes, file));
  const digit = image.width === DIGIT_SIZE && image.height === DIGIT_SIZE ? image.data : toDigitImage(image);
  if (!digit) throw inputError('invalid-input', 'png-empty', { file });
  return { [found[0]]: { shape: [1, DIGIT_SIZE, DIGIT_SIZE, 1], data: Float32Array.from(digit) } };
}

/** Brightness 0 to 1 of every pixel; what is transparent shows white paper. */
async function grayImage(bytes: Uint8Array, file: string): Promise<GrayImage> {
  // The header's size is looked at before anything of that size is made.
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 33) throw inputError('invalid-input', 'png-cut-off', { file });
  const width = header.getUint32(16);
  const height = header.getUint32(20);
  if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE) {
    throw inputError('invalid-input', 'png-size', {
      file,
      width: String(width),
      height: String(height),
      side: String(MAX_SIDE),
    });
  }
  const { data, channels } = await decodePicture(bytes).catch((error: unknown) => {
    const detail = error instanceof Error ? error.message : String(error);
    throw inputError('invalid-input', 'png-unreadable', { file, detail });
  });
  const gray = Float32Array.from({ length: width * height }, (_, pixel) => {
    const at = pixel * channels;
    const part = (index: number) => (data[at + index] ?? 0) / 255;
    // Luma of ITU-R BT.601.
    return channels === 3 ? 0.299 * part(0) + 0.587 * part(1) + 0.114 * part(2) : part(0);
  });
  return { width, height, data: gray };
}

/** Inverted where the border, which is paper, is light. */
function inkOnDark(image: GrayImage): GrayImage {
  const { width, height, data } = image;
  let sum = 0;
  let count = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (y > 0 && y < height - 1 && x > 0 && x < width - 1) continue;
      sum += data[y * width + x] ?? 0;
      count += 1;
    }
  }
  return sum / count > 0.5 ? { ...image, data: data.map((value) => 1 - value) } : image;
}
