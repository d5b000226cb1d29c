import { stat } from 'node:fs/promises';
import { hashFile } from '../runtimes/hashFile.ts';
import { hashOfListing, listPictures } from './pictures/listPictures.ts';

/** SHA-256 of a file's bytes, or of the names, sizes and times of the pictures in a folder. */
export async function hashOfSource(path: string): Promise<string> {
  return (await stat(path)).isDirectory() ? hashOfListing(await listPictures(path)) : hashFile(path);
}
