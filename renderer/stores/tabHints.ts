import { DOCUMENT_EXTENSION } from '#shared/graph/document.ts';

interface NamedFile {
  readonly name: string;
  /** Null for one that was never saved. */
  readonly path: string | null;
}

/**
 * What tells documents of one name apart: the name of the file, or its folder where that is the same too.
 * Undefined for names that stand alone, and for what was never saved.
 */
export function tabHints(files: readonly NamedFile[]): readonly (string | undefined)[] {
  const parts = files.map(({ path }) => path?.split(/[\\/]/) ?? []);
  const stem = (index: number): string => (parts[index]?.at(-1) ?? '').replace(DOCUMENT_EXTENSION, '');
  return files.map(({ name, path }, index) => {
    const alike = [...files.keys()].filter((other) => other !== index && files[other]?.name === name);
    if (path === null || alike.length === 0) return undefined;
    const isFileAlike = alike.some((other) => stem(other) === stem(index));
    if (isFileAlike) return parts[index]?.at(-2);
    // A file called as its graph is told by its ending from one that was never saved.
    return stem(index) === name ? parts[index]?.at(-1) : stem(index);
  });
}
