import type { Pixels } from './decodePicture.ts';

/** The form in which all pictures of a folder reach the network. */
export interface PictureForm {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  /** `crop` cuts off what hangs over, `pad` leaves black bars, `stretch` changes the proportions. */
  readonly fit: 'crop' | 'pad' | 'stretch';
}

/** Where the picture comes from and goes to, in pixels; of both the upper left corner and the size. */
interface Placement {
  readonly from: Box;
  readonly to: Box;
}
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * A picture in the wanted size, upright, bytes `[height, width, channels]`. Sizes change by a triangle
 * filter as wide as the step between the new pixels (as Pillow's `BILINEAR` and TensorFlow's antialiased
 * one), so that nothing that is in the picture falls between them.
 */
export function fitPicture(pixels: Pixels, form: PictureForm): Uint8Array {
  const turned = upright(withChannels(pixels, form.channels));
  const { from, to } = placement(turned, form);
  const { channels } = form;
  const columns = weightsOf(turned.width, from.x, from.width, to.width);
  const rows = weightsOf(turned.height, from.y, from.height, to.height);
  const [firstRow, endRow] = reach(rows);
  // Rows first become narrower, then fewer.
  const narrow = new Float32Array((endRow - firstRow) * to.width * channels);
  for (let row = firstRow; row < endRow; row += 1) {
    const start = row * turned.width * channels;
    for (let column = 0; column < to.width; column += 1) {
      const { first, weights } = columns[column] as Weights;
      const into = ((row - firstRow) * to.width + column) * channels;
      for (let channel = 0; channel < channels; channel += 1) {
        let sum = 0;
        let at = start + first * channels + channel;
        for (let index = 0; index < weights.length; index += 1, at += channels) {
          sum += (weights[index] as number) * (turned.data[at] as number);
        }
        narrow[into + channel] = sum;
      }
    }
  }
  const fitted = new Uint8Array(form.width * form.height * channels);
  const width = to.width * channels;
  for (let row = 0; row < to.height; row += 1) {
    const { first, weights } = rows[row] as Weights;
    const into = ((to.y + row) * form.width + to.x) * channels;
    for (let at = 0; at < width; at += 1) {
      let sum = 0;
      let from = (first - firstRow) * width + at;
      for (let index = 0; index < weights.length; index += 1, from += width) {
        sum += (weights[index] as number) * (narrow[from] as number);
      }
      fitted[into + at] = Math.min(255, Math.max(0, Math.round(sum)));
    }
  }
  return fitted;
}

function placement({ width, height }: Pixels, form: PictureForm): Placement {
  const whole = { x: 0, y: 0, width, height };
  const all = { x: 0, y: 0, width: form.width, height: form.height };
  if (form.fit === 'stretch') return { from: whole, to: all };
  const across = form.width / width;
  const down = form.height / height;
  if (form.fit === 'crop') {
    const scale = Math.max(across, down);
    const cut = { width: form.width / scale, height: form.height / scale };
    return { from: { x: (width - cut.width) / 2, y: (height - cut.height) / 2, ...cut }, to: all };
  }
  const scale = Math.min(across, down);
  const size = {
    width: Math.min(form.width, Math.max(1, Math.round(width * scale))),
    height: Math.min(form.height, Math.max(1, Math.round(height * scale))),
  };
  const x = Math.floor((form.width - size.width) / 2);
  const y = Math.floor((form.height - size.height) / 2);
  return { from: whole, to: { x, y, ...size } };
}

interface Weights {
  readonly first: number;
  readonly weights: readonly number[];
}

/** For each of `count` new pixels, which old ones it is made of: those of `start … start + length` of `size`. */
function weightsOf(size: number, start: number, length: number, count: number): readonly Weights[] {
  const step = length / count;
  const radius = Math.max(1, step);
  return Array.from({ length: count }, (_, index) => {
    const middle = start + (index + 0.5) * step;
    const first = Math.max(0, Math.floor(middle - radius));
    const end = Math.min(size, Math.ceil(middle + radius));
    const weights: number[] = [];
    for (let at = first; at < end; at += 1) {
      weights.push(Math.max(0, 1 - Math.abs(at + 0.5 - middle) / radius));
    }
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return { first, weights: weights.map((weight) => weight / sum) };
  });
}

const reach = (weights: readonly Weights[]): [number, number] => [
  Math.min(...weights.map(({ first }) => first)),
  Math.max(...weights.map(({ first, weights: { length } }) => first + length)),
];

/** Grey by the luma of ITU-R BT.601, as Pillow and TensorFlow have it. */
function withChannels(pixels: Pixels, channels: 1 | 3): Pixels {
  if (pixels.channels === channels) return pixels;
  const count = pixels.width * pixels.height;
  const data = new Uint8Array(count * channels);
  for (let pixel = 0; pixel < count; pixel += 1) {
    if (channels === 3) {
      data.fill(pixels.data[pixel] as number, 3 * pixel, 3 * pixel + 3);
    } else {
      const at = 3 * pixel;
      const [red, green, blue] = [pixels.data[at], pixels.data[at + 1], pixels.data[at + 2]] as number[];
      data[pixel] = Math.round(0.299 * (red ?? 0) + 0.587 * (green ?? 0) + 0.114 * (blue ?? 0));
    }
  }
  return { ...pixels, channels, data };
}

/** Turns and mirrors as EXIF says, so that people see the same picture as the network. */
function upright(pixels: Pixels): Pixels {
  const { width, height, channels, data, orientation } = pixels;
  if (orientation <= 1) return pixels;
  const turned = orientation >= 5;
  const [newWidth, newHeight] = turned ? [height, width] : [width, height];
  const result = new Uint8Array(data.length);
  for (let y = 0; y < newHeight; y += 1) {
    for (let x = 0; x < newWidth; x += 1) {
      const [column, row] = sourceOf(orientation, x, y, { width, height });
      const from = (row * width + column) * channels;
      const into = (y * newWidth + x) * channels;
      for (let channel = 0; channel < channels; channel += 1) {
        result[into + channel] = data[from + channel] as number;
      }
    }
  }
  return { width: newWidth, height: newHeight, channels, data: result, orientation: 1 };
}

/** Column and row of the stored pixel that is seen at `x`, `y`. */
function sourceOf(
  orientation: number,
  x: number,
  y: number,
  { width, height }: { width: number; height: number },
): [number, number] {
  const right = width - 1;
  const bottom = height - 1;
  switch (orientation) {
    case 2:
      return [right - x, y];
    case 3:
      return [right - x, bottom - y];
    case 4:
      return [x, bottom - y];
    case 5:
      return [y, x];
    case 6:
      return [y, bottom - x];
    case 7:
      return [right - y, bottom - x];
    default:
      return [right - y, x];
  }
}
