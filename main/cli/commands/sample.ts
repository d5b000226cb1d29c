import { writeFile } from 'node:fs/promises';
import { encode } from 'fast-png';
import type { z } from 'zod';
import { readRunData } from '#main/services/data/runData.ts';
import { formatCommandLine } from '#main/services/messages.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import { findSampler } from '#shared/compile/findSampler.ts';
import { tileImages } from '#shared/images/tileImages.ts';
import { factsOf } from '#shared/protocol/data.ts';
import type { EngineMethods } from '#shared/protocol/engine.ts';
import { type ExitCode, exitCodes } from '../exitCodes.ts';
import { inputError } from '../graphInput.ts';
import type { Output } from '../output.ts';
import { type CommandEngine, type EngineOptions, findRun, withEngine } from '../withEngine.ts';
import { unwrap } from './train.ts';

export interface SampleOptions extends EngineOptions {
  readonly prompt: string;
  readonly length: number;
  readonly temperature: number;
  readonly topK: number;
  readonly seed: number;
  readonly count: number;
  readonly class?: number | undefined;
  readonly steps: number;
  readonly out: string;
}

type EngineOutput = z.output<EngineMethods['run.sampleImages']['output']>;
type Run = { runId: string; runDir: string };

/** Characters asked for at a time: few, so that one sees them come. */
const CHUNK = 16;

/** New text of a language model, as it comes; new images of a generator, into one picture. */
export async function sample(run: string, options: SampleOptions, output: Output): Promise<ExitCode> {
  return await withEngine(options, output, async (engine) => {
    const found = await findRun(engine.runs, run);
    const facts = factsOf(await readRunData(found.runDir));
    const plan = createPlan(unwrap(await engine.runs.graphIn(found.runDir)), facts);
    if (!plan.ok) throw inputError('invalid-graph', 'run-graph-outdated');
    const sampler = findSampler(plan.value);
    if (!sampler) throw inputError('no-sampler', 'network-makes-nothing');
    await engine.ready;
    if (sampler.kind === 'text') await writeText(engine, found, options, output);
    else await writeImages(engine, found, options, output);
    return exitCodes.done;
  });
}

async function writeText(
  { host }: CommandEngine,
  run: Run,
  { prompt, length, temperature, topK, seed }: SampleOptions,
  output: Output,
): Promise<void> {
  let text = prompt;
  output.text(prompt);
  while (text.length < prompt.length + length) {
    const count = Math.min(CHUNK, prompt.length + length - text.length);
    const request = { text, count, temperature, topK, seed };
    const added = await host.call('run.sampleText', { ...run, ...request });
    text += added.text;
    output.text(added.text);
  }
  output.result({ event: 'done', prompt, text }, '');
}

async function writeImages(
  { host }: CommandEngine,
  run: Run,
  options: SampleOptions,
  output: Output,
): Promise<void> {
  const { count, seed, steps, out } = options;
  const wantedClass = options.class ?? null;
  let state: EngineOutput['state'] = null;
  for (;;) {
    const made: EngineOutput = await host.call('run.sampleImages', {
      ...run,
      ...{ count, seed, steps, wantedClass, state },
    });
    state = made.state;
    if (state) {
      output.progress(formatCommandLine('sampling', { step: state.step, steps }));
      continue;
    }
    const { width, height, channels, data } = tileImages(made.images);
    const bytes = Uint8Array.from(data, (value) => Math.round(255 * value));
    await writeFile(out, encode({ width, height, channels, data: bytes })).catch((error: unknown) => {
      const detail = error instanceof Error ? error.message : String(error);
      throw inputError('not-writable', 'picture-not-written', { path: out, detail });
    });
    output.result(
      { event: 'done', path: out, count, classes: made.classes },
      formatCommandLine('sampled', { count, path: out }),
    );
    return;
  }
}
