import { isAbsolute, resolve } from 'node:path';
import { DOCUMENT_EXTENSION } from '#shared/graph/document.ts';

/** The graph files that a command line names, absolute. Options and everything else are left alone. */
export function graphFilesIn(argv: readonly string[], workingDirectory: string): string[] {
  return argv
    .slice(1)
    .filter((argument) => !argument.startsWith('-') && argument.endsWith(DOCUMENT_EXTENSION))
    .map((path) => (isAbsolute(path) ? path : resolve(workingDirectory, path)));
}

/** The value of `--data-dir=PATH` or `--data-dir PATH`; undefined where it is not given. */
export function dataDirIn(argv: readonly string[]): string | undefined {
  const joined = argv.find((argument) => argument.startsWith('--data-dir='));
  if (joined !== undefined) return joined.slice('--data-dir='.length);
  const index = argv.indexOf('--data-dir');
  return index === -1 ? undefined : argv[index + 1];
}
