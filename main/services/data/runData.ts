import { readFile } from 'node:fs/promises';
import { type LookedSources, lookedSourcesSchema } from '#shared/protocol/data.ts';
import { atomicWrite } from '../atomicWrite.ts';
import { errorCode } from '../hostFailure.ts';
import { runFolder } from '../runFolder.ts';

/** Keeps with a run what was found out about its data, so that it is read in the same way ever after. */
export async function writeRunData(runDir: string, looked: LookedSources): Promise<void> {
  if (Object.keys(looked).length === 0) return;
  await atomicWrite(runFolder.data(runDir), `${JSON.stringify(looked)}\n`);
}

/** Nothing for a run whose data comes with the app. Throws where the file is damaged. */
export async function readRunData(runDir: string): Promise<LookedSources> {
  let text: string;
  try {
    text = await readFile(runFolder.data(runDir), 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return {};
    throw error;
  }
  return lookedSourcesSchema.parse(JSON.parse(text));
}
