import { readFile } from 'node:fs/promises';
import { deflateSync } from 'node:zlib';
import { encode as encodePng } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decodePicture } from '#main/services/data/pictures/decodePicture.ts';
import { fitPicture } from '#main/services/data/pictures/fitPicture.ts';
import { PictureError } from '#main/services/data/pictures/pictureError.ts';
import { encodeJpeg } from './encodeJpeg.ts';

/** Pictures that Pillow 11.3 wrote, with what it makes of them: upright, on white, resized by its BILINEAR. */
const fixtures = z
  .record(
    z.string(),
    z.object({
      file: z.string(),
      width: z.int(),
      height: z.int(),
      channels: z.union([z.literal(1), z.literal(3)]),
      bytes: z.string(),
    }),
  )
  .parse(JSON.parse(await readFile(new URL('./pillow.json', import.meta.url), 'utf8')));

const cmyk = Buffer.from(fixtures['CMYK JPEG']?.file ?? '', 'base64');
const pictures = Object.entries(fixtures).filter(([name]) => name !== 'CMYK JPEG');

const faultOf = async (bytes: Uint8Array): Promise<string> => {
  try {
    await decodePicture(bytes);
    return 'none';
  } catch (error) {
    if (error instanceof PictureError) return error.fault;
    throw error;
  }
};

const small = await encodeJpeg({ width: 16, height: 8, data: new Uint8Array(16 * 8 * 4).fill(90) }, 80);
const jpeg = (): Uint8Array => Uint8Array.from(small);
const png = (width = 16, height = 8): Uint8Array =>
  encodePng({ width, height, data: new Uint8Array(width * height * 3).fill(90), channels: 3 });

describe('a picture', () => {
  it.each(pictures)('%s has the numbers that Pillow gives', async (_, fixture) => {
    const { file, bytes, ...form } = fixture;
    const pixels = await decodePicture(Buffer.from(file, 'base64'));
    const found = fitPicture(pixels, { ...form, fit: 'stretch' });
    const expected = Buffer.from(bytes, 'base64');
    expect(found.length).toBe(expected.length);
    const furthest = Math.max(...found.map((value, at) => Math.abs(value - (expected[at] ?? 0))));
    // Decoders round differently, and Pillow rounds between its two passes.
    expect(furthest).toBeLessThanOrEqual(3);
  });

  it('is cut in the middle, or keeps its proportions between black bars', () => {
    // Columns of 0, 100, 200 and 250.
    const data = Uint8Array.from(
      { length: 16 * 4 },
      (_, at) => [0, 100, 200, 250][Math.floor((at % 16) / 4)] ?? 0,
    );
    const pixels = { width: 16, height: 4, channels: 1 as const, data, orientation: 1 };
    const form = { width: 4, height: 4, channels: 1 as const };
    const cropped = fitPicture(pixels, { ...form, fit: 'crop' });
    expect([...cropped.subarray(0, 4)]).toEqual([100, 100, 200, 200]);
    const padded = fitPicture(pixels, { ...form, fit: 'pad' });
    expect([...padded.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
    expect(padded.filter((value) => value > 0).length).toBe(4);
    expect(Math.max(...padded.subarray(12))).toBe(0);
  });

  it('is upright whichever way the camera was held', () => {
    // Two columns, one row: 10 and 20.
    const turned = (orientation: number): number[] => {
      const pixels = { width: 2, height: 1, channels: 1 as const, data: Uint8Array.of(10, 20), orientation };
      const upright = orientation >= 5 ? { width: 1, height: 2 } : { width: 2, height: 1 };
      return [...fitPicture(pixels, { ...upright, channels: 1, fit: 'stretch' })];
    };
    expect([1, 2, 3, 4, 5, 6, 7, 8].map(turned)).toEqual([
      [10, 20],
      [20, 10],
      [20, 10],
      [10, 20],
      [10, 20],
      [10, 20],
      [20, 10],
      [20, 10],
    ]);
  });
});

describe('what is no picture', () => {
  it.each([
    ['a JPEG in colours of ink', cmyk, 'unsupported'],
    ['an empty file', new Uint8Array(0), 'empty'],
    ['a text that is called so', new TextEncoder().encode('<html>not found</html>'), 'no-picture'],
    ['a JPEG that ends early', jpeg().subarray(0, -20), 'cut-off'],
    ['a PNG that ends early', png().subarray(0, 60), 'cut-off'],
    ['a PNG without pixels', png().subarray(0, 33), 'cut-off'],
  ])('%s is refused', async (_, bytes, fault) => {
    expect(await faultOf(bytes)).toBe(fault);
  });

  it('a PNG with a wrong byte in its pixels is damaged', async () => {
    const bytes = png(40, 40);
    const middle = bytes.length - 20;
    bytes[middle] = (bytes[middle] ?? 0) ^ 0xff;
    expect(await faultOf(bytes)).toBe('damaged');
  });

  it('a header that promises more pixels than are read takes no memory', async () => {
    const large = png();
    new DataView(large.buffer, large.byteOffset).setUint32(16, 60_000);
    expect(await faultOf(large)).toBe('too-large');
    const wide = jpeg();
    const frame = wide.findIndex((byte, at) => byte === 0xff && wide[at + 1] === 0xc0);
    wide.set([0xff, 0xff, 0xff, 0xff], frame + 5);
    expect(await faultOf(wide)).toBe('too-large');
  });

  it('pixels that unfold to more than the header says are not unfolded', async () => {
    const bomb = deflateSync(new Uint8Array(64 * 2 ** 20));
    const whole = png();
    const at = Buffer.from(whole).indexOf('IDAT') - 4;
    const chunk = new Uint8Array(12 + bomb.length);
    new DataView(chunk.buffer).setUint32(0, bomb.length);
    chunk.set(new TextEncoder().encode('IDAT'), 4);
    chunk.set(bomb, 8);
    const end = Buffer.from(whole).indexOf('IEND') - 4;
    const bytes = Buffer.concat([whole.subarray(0, at), chunk, whole.subarray(end)]);
    const before = process.memoryUsage().arrayBuffers;
    expect(await faultOf(bytes)).toBe('damaged');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 2 ** 20);
  });

  it('a JPEG with hundreds of scans over many pixels is not gone through', async () => {
    const bytes = jpeg();
    const frame = bytes.findIndex((byte, at) => byte === 0xff && bytes[at + 1] === 0xc0);
    bytes.set([0x13, 0x88, 0x13, 0x88], frame + 5);
    const scan = Uint8Array.of(0xff, 0xda, 0, 8, 1, 1, 0, 0, 0, 0);
    const scans = new Array<Uint8Array>(100).fill(scan);
    const many = Buffer.concat([bytes.subarray(0, -2), ...scans, bytes.subarray(-2)]);
    expect(await faultOf(many)).toBe('too-large');
  });

  it('no bytes make it fail in another way', async () => {
    for (const [, { file }] of pictures) {
      const whole = Buffer.from(file, 'base64');
      for (let place = 0; place < whole.length; place += 17) {
        const changed = Uint8Array.from(whole);
        changed[place] = (changed[place] ?? 0) ^ 0x55;
        expect(await faultOf(changed)).toBeTypeOf('string');
        expect(await faultOf(whole.subarray(0, place))).not.toBe('none');
      }
    }
  });
});
