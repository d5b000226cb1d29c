import { z } from 'zod';
import { createRandom, randomOrder } from '#main/engine/data/random.ts';
import { namedSplit, type SplitNumber, splitRows } from '../splitRows.ts';
import { byCodeUnits, type ListedPicture } from './listPictures.ts';

/** How the pictures of a folder become samples: kept with a run, so that others are read as those it was trained on. */
export const pictureReadingSchema = z.object({
  width: z.int().positive(),
  height: z.int().positive(),
  channels: z.union([z.literal(1), z.literal(3)]),
  fit: z.enum(['crop', 'pad', 'stretch']),
  /** `(byte / 255 − shift) · gain`, of each channel. */
  shift: z.array(z.number()),
  gain: z.array(z.number()),
  /** Names of folders; null where pictures have no classes. */
  classes: z.array(z.string()).nullable(),
  /** Whether the uppermost folders are the splits, and classes are below them. */
  splitFolders: z.boolean(),
  /** Paths of files that are left out. */
  broken: z.array(z.string()),
  split: z.object({ validation: z.number(), test: z.number(), seed: z.int() }),
});
export type PictureReading = z.infer<typeof pictureReadingSchema>;

/** How a folder is laid out, which its paths say. */
export interface FolderLayout {
  readonly splitFolders: boolean;
  /** Null where all pictures lie in the folder itself. */
  readonly classes: readonly string[] | null;
}

export function findLayout(pictures: readonly ListedPicture[]): FolderLayout {
  const uppermost = new Set(pictures.map(({ path }) => folderAt(path, 0)));
  uppermost.delete(null);
  const names = [...uppermost] as string[];
  const splits = new Set(names.map(namedSplit));
  const splitFolders = names.length > 1 && splits.has(0) && !splits.has(undefined);
  const found = new Set(pictures.map(({ path }) => folderAt(path, splitFolders ? 1 : 0)));
  found.delete(null);
  const classes = ([...found] as string[]).sort(byCodeUnits);
  return { splitFolders, classes: classes.length > 0 ? classes : null };
}

/**
 * Folders that lie in every folder of a class and hold all of its pictures, where there are two or more: these may
 * be what a person means by classes.
 */
export function foldersInClasses(
  pictures: readonly ListedPicture[],
  { classes, splitFolders }: FolderLayout,
): readonly string[] {
  const level = splitFolders ? 1 : 0;
  const inside = new Map(classes?.map((name) => [name, new Set<string | null>()]));
  for (const { path } of pictures) inside.get(folderAt(path, level) ?? '')?.add(folderAt(path, level + 1));
  const [first = new Set<string | null>(), ...others] = inside.values();
  const same = others.every(
    (other) => other.size === first.size && [...other].every((name) => first.has(name)),
  );
  const names = [...first].filter((name) => name !== null);
  return same && names.length > 1 && names.length === first.size ? names.sort(byCodeUnits) : [];
}

/** Name of the folder so many levels down that a picture is in; null where it lies above. */
function folderAt(path: string, level: number): string | null {
  const parts = path.split('/');
  return parts.length > level + 1 ? (parts[level] ?? null) : null;
}

/** A picture among the samples. */
export interface PictureSample {
  /** Its place in the listing. */
  readonly place: number;
  /** −1 where pictures have no classes. */
  readonly label: number;
}

export interface ArrangedPictures {
  /** Training, then validation, then test; within each in an order drawn by the seed, so that classes mix. */
  readonly samples: readonly PictureSample[];
  readonly counts: { readonly train: number; readonly validation: number; readonly test: number };
  /** Pictures that lie beside the folders of classes. */
  readonly outside: number;
}

type Arranging = Pick<PictureReading, 'classes' | 'splitFolders' | 'broken' | 'split'>;

/** Which picture is which sample: the same whoever asks. */
export function arrangePictures(
  pictures: readonly ListedPicture[],
  { classes, splitFolders, broken, split }: Arranging,
): ArrangedPictures {
  const leftOut = new Set(broken);
  const labels = new Map(classes?.map((name, index) => [name, index]));
  const samples: (PictureSample & { said: SplitNumber | undefined })[] = [];
  let outside = 0;
  for (const [place, { path }] of pictures.entries()) {
    if (leftOut.has(path)) continue;
    const said = splitFolders ? namedSplit(folderAt(path, 0) ?? '') : undefined;
    const label = classes ? (labels.get(folderAt(path, splitFolders ? 1 : 0) ?? '') ?? -1) : -1;
    if ((classes && label < 0) || (splitFolders && said === undefined)) outside += 1;
    else samples.push({ place, label, said });
  }
  const parts: PictureSample[][] = [[], [], []];
  // What no folder says is drawn: all of it, or out of what is trained on.
  const drawn = samples.filter(({ said }) => said === undefined || said === 0);
  const has = (which: SplitNumber) => samples.some(({ said }) => said === which);
  const drawnSplits = splitRows({
    count: drawn.length,
    validation: has(1) ? 0 : split.validation,
    test: has(2) ? 0 : split.test,
    seed: split.seed,
    classes: drawn.map(({ label }) => label),
  });
  for (const [index, sample] of drawn.entries()) parts[drawnSplits[index] ?? 0]?.push(sample);
  for (const sample of samples) if (sample.said) parts[sample.said]?.push(sample);
  const [train = [], validation = [], test = []] = parts.map((part, index) => {
    const order = randomOrder(createRandom(split.seed, `pictures/${index}`), part.length);
    return Array.from(order, (at) => part[at] as PictureSample);
  });
  return {
    samples: [...train, ...validation, ...test].map(({ place, label }) => ({ place, label })),
    counts: { train: train.length, validation: validation.length, test: test.length },
    outside,
  };
}
