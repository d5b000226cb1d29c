import { readFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { decodePicture } from '#main/services/data/pictures/decodePicture.ts';
import { fitPicture } from '#main/services/data/pictures/fitPicture.ts';
import { hashOfListing, listPictures } from '#main/services/data/pictures/listPictures.ts';
import { PictureError } from '#main/services/data/pictures/pictureError.ts';
import {
  arrangePictures,
  type PictureReading,
  pictureReadingSchema,
} from '#main/services/data/pictures/pictureReading.ts';
import { BlockSource } from './blockSource.ts';
import type { ColumnFormat } from './column.ts';
import type { DataLoader, DataSource, GatherRequest } from './dataSource.ts';
import { arrangeRows, preparePictures, readRows, rowBytesOf } from './preparedPictures.ts';
import { wholeNumbers } from './splitTable.ts';
import { createTableSource, decodeAll, rowsOf } from './table.ts';
import { requireUnchanged } from './unchanged.ts';

/** A quarter of the machine's memory, and no more than this, is taken for pictures. */
const MEMORY_BYTES = 4 * 2 ** 30;

/** The pictures of a folder that was looked at: prepared once, then read from one file. */
export const imageFolderLoader: DataLoader = {
  async open(params, given, { looked, memoryBytes, fewSamples, ...preparing } = {}) {
    const file = await requireUnchanged(looked);
    const reading = pictureReadingSchema.parse(looked?.reading);
    const facts = given ?? looked?.facts;
    if (!facts) throw new Error('nothing is known of the pictures');
    const listing = await listPictures(file.path);
    const { pictures } = listing;
    const { samples } = arrangePictures(pictures, reading);
    const { train, validation } = facts.splits;
    const range = { facts, firstRow: { train: 0, validation: train, test: train + validation } };
    const shuffle = params.shuffle === true;
    const labels = Uint16Array.from(samples, ({ label }) => Math.max(0, label));
    const image = imageFormat(reading);
    if (fewSamples) {
      const paths = samples.map(({ place }) => join(file.path, pictures[place]?.path ?? ''));
      return onDemand({ ...range, shuffle, paths, labels, reading, image });
    }
    const prepared = await preparePictures(
      {
        root: file.path,
        pictures,
        hash: hashOfListing(listing),
        form: reading,
        leftOut: new Set(reading.broken),
      },
      preparing,
    );
    const rowBytes = rowBytesOf(reading);
    const places = samples.map(({ place }) => place);
    const label = wholeNumbers([], Int32Array.from(labels));
    const inMemory = memoryBytes ?? Math.min(MEMORY_BYTES, totalmem() / 4);
    if (samples.length * rowBytes > inMemory) {
      const path = await arrangeRows(prepared, places, rowBytes, preparing);
      return new BlockSource({
        ...range,
        shuffle,
        columns: {
          image: { format: image, parts: [{ rows: samples.length, path, offset: 0 }] },
          ...(reading.classes && {
            label: { format: label.format, parts: [{ rows: samples.length, data: label.data }] },
          }),
        },
        rows: samples.length,
        memoryBytes: inMemory,
      });
    }
    return createTableSource(facts, shuffle, {
      columns: {
        image: { format: image, data: await readRows(prepared, places, rowBytes) },
        ...(reading.classes && { label }),
      },
      firstRow: range.firstRow,
      rows: samples.length,
    });
  },
};

function imageFormat({ width, height, channels, shift, gain }: PictureReading): ColumnFormat {
  const plain = shift.every((value) => value === 0) && gain.every((value) => value === 1);
  return {
    stored: 'uint8',
    dtype: 'float32',
    divisor: 255,
    ...(!plain && { scaling: { shift, gain } }),
    shape: [height, width, channels],
  };
}

interface OnDemand extends Pick<DataSource, 'facts' | 'shuffle'> {
  readonly firstRow: Parameters<typeof rowsOf>[0]['firstRow'];
  readonly paths: readonly string[];
  readonly labels: Uint16Array;
  readonly reading: PictureReading;
  readonly image: ColumnFormat;
}

/** Decodes what is asked for, and nothing before: for a first look at some samples. */
function onDemand({ paths, labels, reading, image, ...range }: OnDemand): DataSource {
  const rowBytes = rowBytesOf(reading);
  return {
    facts: range.facts,
    shuffle: range.shuffle,
    bytes: paths.length * rowBytes,
    async gather(request: GatherRequest) {
      const rows = rowsOf(range, request);
      const data = new Uint8Array(rows.length * rowBytes);
      for (const [index, row] of rows.entries()) {
        data.set(await pictureAt(paths[row] ?? '', reading), index * rowBytes);
      }
      const label = wholeNumbers(
        [],
        Int32Array.from(rows, (row) => labels[row] ?? 0),
      );
      return decodeAll({ image: { format: image, data }, ...(reading.classes && { label }) }, request);
    },
  };
}

/** Black where a picture is damaged: a run says which. */
async function pictureAt(path: string, reading: PictureReading): Promise<Uint8Array> {
  try {
    return fitPicture(await decodePicture(await readFile(path)), reading);
  } catch (error) {
    if (error instanceof PictureError) return new Uint8Array(rowBytesOf(reading));
    throw error;
  }
}
