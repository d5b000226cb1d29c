import type { TensorValue } from '../protocol/run.ts';

/** A picture as rows of pixels, channels together. */
export interface TiledPicture {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Float32Array<ArrayBuffer>;
}

/** Images `[N, H, W, C]` side by side in about a square, a dark pixel between them; empty places are dark. */
export function tileImages({ shape, data }: TensorValue): TiledPicture {
  const [count = 0, imageHeight = 0, imageWidth = 0, channels = 1] = shape;
  const columns = Math.max(1, Math.ceil(Math.sqrt(count)));
  const rows = Math.max(1, Math.ceil(count / columns));
  const width = columns * (imageWidth + 1) - 1;
  const height = rows * (imageHeight + 1) - 1;
  const picture = new Float32Array(width * height * channels);
  const line = imageWidth * channels;
  for (let image = 0; image < count; image += 1) {
    const left = (image % columns) * (imageWidth + 1);
    const top = Math.floor(image / columns) * (imageHeight + 1);
    for (let row = 0; row < imageHeight; row += 1) {
      const from = (image * imageHeight + row) * line;
      picture.set(data.subarray(from, from + line), ((top + row) * width + left) * channels);
    }
  }
  return { width, height, channels, data: picture };
}
