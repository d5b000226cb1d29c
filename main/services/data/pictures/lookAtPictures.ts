import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ImagesReport, LookedSource, PictureFault, SourceProblem } from '#shared/protocol/data.ts';
import type { TensorType } from '#shared/types/portType.ts';
import type { LookOptions } from '../lookOptions.ts';
import { SourceError } from '../sourceError.ts';
import { readDamaged } from './damagedPictures.ts';
import { inTurns } from './inTurns.ts';
import { hashOfListing, type ListedPicture, listPictures } from './listPictures.ts';
import { normalization } from './normalization.ts';
import { PictureError } from './pictureError.ts';
import { type PictureHeader, readPictureHeader } from './pictureHeader.ts';
import { arrangePictures, findLayout, foldersInClasses, type PictureReading } from './pictureReading.ts';

const MOST_CLASSES = 1000;
/** Of all pictures in their new size. */
const LARGEST_FOLDER = 64 * 2 ** 30;
const FILES_AT_A_TIME = 8;
const SIZES_SHOWN = 8;
const BROKEN_SHOWN = 200;
/** Of the largest and the smallest class: beyond, a network does well by never naming the small one. */
const UNEVEN = 10;

const wishesSchema = z.looseObject({
  width: z.int(),
  height: z.int(),
  fit: z.enum(['crop', 'pad', 'stretch']),
  colors: z.enum(['rgb', 'gray']),
  normalize: z.enum(['unit', 'signed', 'standard']),
  validation: z.number(),
  test: z.number(),
  seed: z.int(),
});

type Judged = PictureHeader | PictureFault;

/** Headers that were read, by what must be unchanged for them to hold. */
export type PictureHeaders = Map<string, Judged>;

const MOST_HEADERS = 1_000_000;

export interface PictureLook extends LookOptions {
  /** Filled and used again, so that a second look reads only what is new. */
  readonly headers: PictureHeaders;
  /** Where it stands which pictures turned out damaged; nothing is known of that without. */
  readonly cacheDir?: string | undefined;
}

/**
 * Looks at a folder of pictures: which there are, of which classes and sizes, which cannot be read, and how
 * they are split. Only headers are read.
 * @throws SourceError where it cannot be used as it is.
 */
export async function lookAtPictures(
  root: string,
  params: Readonly<Record<string, unknown>>,
  { headers, cacheDir, signal, onProgress }: PictureLook,
): Promise<LookedSource> {
  const wishes = wishesSchema.parse(params);
  const listing = await listPictures(root, { signal });
  const { pictures, others, links } = listing;
  if (pictures.length === 0) throw new SourceError('images-none', { others });
  const hash = hashOfListing(listing);
  let done = 0;
  const judged = await inTurns(pictures, FILES_AT_A_TIME, async (picture) => {
    signal?.throwIfAborted();
    const found = await judge(root, picture, headers);
    done += 1;
    onProgress?.(done, pictures.length);
    return found;
  });
  const damaged = new Set(cacheDir === undefined ? [] : await readDamaged(cacheDir, hash));
  const broken = pictures.flatMap(({ path }, place) => {
    const found = judged[place];
    const reason = typeof found === 'string' ? found : damaged.has(path) ? ('damaged' as const) : null;
    return reason === null ? [] : [{ path, reason }];
  });
  if (broken.length === pictures.length) {
    throw new SourceError('images-none-readable', { count: broken.length, path: broken[0]?.path ?? '' });
  }
  const unreadable = new Set(broken.map(({ path }) => path));
  const readable = pictures.filter(({ path }) => !unreadable.has(path));
  const layout = findLayout(readable);
  if ((layout.classes?.length ?? 0) > MOST_CLASSES) {
    throw new SourceError('images-many-classes', {
      count: layout.classes?.length ?? 0,
      limit: MOST_CLASSES,
    });
  }
  const channels = wishes.colors === 'gray' ? 1 : 3;
  const { width, height, fit, validation, test, seed } = wishes;
  const draft: PictureReading = {
    width,
    height,
    channels,
    fit,
    shift: [0],
    gain: [1],
    classes: layout.classes && [...layout.classes],
    splitFolders: layout.splitFolders,
    broken: [...unreadable],
    split: { validation, test, seed },
  };
  const { samples, counts, outside } = arrangePictures(pictures, draft);
  if (counts.train === 0) throw new SourceError('images-nothing-left', {}, 'validation');
  const bytes = samples.length * width * height * channels;
  if (bytes > LARGEST_FOLDER) {
    throw new SourceError(
      'images-too-large',
      { count: samples.length, width, height, bytes, limit: LARGEST_FOLDER },
      'width',
    );
  }
  const training = samples.slice(0, counts.train).map(({ place }) => join(root, pictures[place]?.path ?? ''));
  const { range, ...scaling } = await normalization(wishes.normalize, draft, training, signal);
  const reading: PictureReading = { ...draft, ...scaling };
  const perClass = new Array<number>(reading.classes?.length ?? 0).fill(0);
  for (const { label } of samples) if (label >= 0) perClass[label] = (perClass[label] ?? 0) + 1;
  const classes = (reading.classes ?? []).map((name, index) => ({ name, count: perClass[index] ?? 0 }));
  const report: ImagesReport = {
    kind: 'images',
    count: samples.length,
    classes,
    splitFolders: reading.splitFolders,
    sizes: sizesOf(judged),
    broken: broken.slice(0, BROKEN_SHOWN),
    brokenCount: broken.length,
    others,
    links,
    outside,
  };
  const problems = warningsOf(report, foldersInClasses(readable, layout));
  return {
    facts: {
      outputs: outputsOf(reading, range),
      splits: counts,
      ...(problems.length > 0 && { problems }),
    },
    file: {
      path: root,
      bytes: pictures.reduce((sum, picture) => sum + picture.bytes, 0),
      modifiedAt: (await stat(root)).mtime.toISOString(),
      hash,
    },
    reading,
    report,
  };
}

async function judge(root: string, picture: ListedPicture, headers: PictureHeaders): Promise<Judged> {
  const path = join(root, picture.path);
  const key = `${path}\0${picture.bytes}\0${picture.modifiedMs}`;
  const known = headers.get(key);
  if (known) return known;
  let found: Judged;
  try {
    found = await readPictureHeader(path);
  } catch (error) {
    if (!(error instanceof PictureError)) throw error;
    found = error.fault;
  }
  // A file that could not be opened may be open to us the next time.
  if (found === 'not-permitted') return found;
  if (headers.size >= MOST_HEADERS) headers.clear();
  headers.set(key, found);
  return found;
}

function outputsOf(
  { width, height, channels, classes }: PictureReading,
  range: [number, number],
): Record<string, TensorType> {
  return {
    image: {
      type: 'tensor',
      dtype: 'float32',
      shape: ['B', height, width, channels],
      meaning: { kind: 'image', range },
    },
    ...(classes && {
      label: {
        type: 'tensor' as const,
        dtype: 'int32' as const,
        shape: ['B'],
        meaning: { kind: 'class' as const, labels: classes },
      },
    }),
  };
}

/** As people see the pictures, most frequent first. */
function sizesOf(judged: readonly Judged[]): ImagesReport['sizes'] {
  const sizes = new Map<string, { width: number; height: number; count: number }>();
  for (const header of judged) {
    if (typeof header === 'string') continue;
    const turned = header.orientation >= 5;
    const [width, height] = turned ? [header.height, header.width] : [header.width, header.height];
    const key = `${width}×${height}`;
    const known = sizes.get(key);
    if (known) known.count += 1;
    else sizes.set(key, { width, height, count: 1 });
  }
  return [...sizes.values()].sort((a, b) => b.count - a.count).slice(0, SIZES_SHOWN);
}

/** `inner`: folders in those of the classes that may be the classes themselves. */
function warningsOf(
  { classes, broken, brokenCount, outside, links, others }: ImagesReport,
  inner: readonly string[],
): SourceProblem[] {
  const problems: SourceProblem[] = [];
  const warn = (code: string, data: SourceProblem['data']): void => {
    problems.push({ code, param: 'path', severity: 'warning', data });
  };
  if (brokenCount > 0) warn('images-broken', { count: brokenCount, path: broken[0]?.path ?? '' });
  const [one] = classes;
  if (one && classes.length === 1) warn('images-one-class', { name: one.name, inner: inner.length });
  if (classes.length > 1 && inner.length > 0) {
    const shown = inner.slice(0, 5).join(', ') + (inner.length > 5 ? ', …' : '');
    warn('images-nested', { inner: shown });
  }
  const most = classes.reduce((a, b) => (b.count > a.count ? b : a), one ?? { name: '', count: 0 });
  const least = classes.reduce((a, b) => (b.count < a.count ? b : a), one ?? { name: '', count: 0 });
  if (classes.length > 1 && most.count > UNEVEN * least.count) {
    warn('images-uneven', {
      most: most.name,
      mostCount: most.count,
      least: least.name,
      leastCount: least.count,
    });
  }
  if (outside > 0) warn('images-outside', { count: outside });
  if (links > 0) warn('images-links', { count: links });
  if (others > 0) warn('images-other-kinds', { count: others });
  return problems;
}
