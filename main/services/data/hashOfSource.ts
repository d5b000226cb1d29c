import { hashFile } from '../runtimes/hashFile.ts';

/** SHA-256 of a file's bytes. */
export function hashOfSource(path: string): Promise<string> {
  return hashFile(path);
}
