import { readFile } from 'node:fs/promises';
import { readRunData } from '#main/services/data/runData.ts';
import { formatCommandLine } from '#main/services/messages.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import type { FactsByNode } from '#shared/compile/plan.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import { factsOf } from '#shared/protocol/data.ts';
import type { ExportFormat, Split } from '#shared/protocol/engine.ts';
import type { ClassValues, TensorValue } from '#shared/protocol/run.ts';
import type { TensorType } from '#shared/types/portType.ts';
import { commandLineSources } from '../commandLineSources.ts';
import { type ExitCode, exitCodes } from '../exitCodes.ts';
import { inputError } from '../graphInput.ts';
import type { Output } from '../output.ts';
import { readPictureInput } from '../pictureInput.ts';
import { isPng, readPng } from '../pngInput.ts';
import { readTableInput } from '../tableInput.ts';
import { readTensors } from '../tensorInput.ts';
import { type EngineOptions, findRun, withEngine } from '../withEngine.ts';
import { formatMetrics, unwrap } from './train.ts';

/** Metrics and confusion matrix of a run on one split. */
export async function evaluate(
  run: string,
  options: EngineOptions & { data: Split },
  output: Output,
): Promise<ExitCode> {
  return await withEngine(options, output, async ({ host, runs, ready }) => {
    const found = await findRun(runs, run);
    await commandLineSources(undefined, options).requireAllowed(await readRunData(found.runDir));
    await ready;
    const evaluation = await host.call('run.evaluate', { ...found, split: options.data, maxSamples: 0 });
    const { split, count, metrics, labels, confusion } = evaluation;
    output.result(
      { event: 'done', split, count, metrics, labels, confusion },
      [
        formatCommandLine('evaluated', { split, count, metrics: formatMetrics(metrics) }),
        ...matrixLines(labels, confusion),
      ].join('\n'),
    );
    return exitCodes.done;
  });
}

/** The network's answers to the samples in files. */
export async function predict(
  run: string,
  options: EngineOptions & { input: readonly string[] },
  output: Output,
): Promise<ExitCode> {
  return await withEngine(options, output, async ({ host, runs, ready }) => {
    const found = await findRun(runs, run);
    const document = unwrap(await runs.graphIn(found.runDir));
    const looked = await readRunData(found.runDir);
    const ports = inputPorts(document, factsOf(looked));
    const files: { file: string; inputs: Record<string, TensorValue> }[] = [];
    for (const file of options.input) {
      const bytes = await readFile(file).catch((error: unknown) => {
        const detail = error instanceof Error ? error.message : String(error);
        throw inputError('not-found', 'file-unreadable', { file, detail });
      });
      const inputs =
        (isJson(file) ? undefined : await readPictureInput(bytes, file, looked)) ??
        (isPng(bytes)
          ? await readPng(bytes, file, ports)
          : ((await readTableInput(file, looked)) ?? readTensors(bytes.toString('utf8'), file, ports)));
      files.push({ file, inputs });
    }
    await ready;
    for (const { file, inputs } of files) {
      const { outputs, labels, classValues } = await host.call('run.predict', { ...found, inputs });
      const [answer] = Object.values(outputs);
      if (!answer) throw inputError('no-prediction', 'network-without-prediction');
      const rows = rowsOf(answer);
      output.result(
        {
          event: 'prediction',
          file,
          labels,
          classValues,
          predictions: rows.map((row) => ({ ...best(row, labels), values: row })),
        },
        rows.map((row) => `${file}: ${describeRow(row, labels, classValues)}`).join('\n'),
      );
    }
    return exitCodes.done;
  });
}

/** Writes a run's network for other programs. */
export async function exportRun(
  run: string,
  options: EngineOptions & { to: ExportFormat; out: string },
  output: Output,
): Promise<ExitCode> {
  return await withEngine(options, output, async ({ host, runs, ready }) => {
    const found = await findRun(runs, run);
    await ready;
    const { path, files, bytes } = await host.call('run.export', {
      ...found,
      format: options.to,
      path: options.out,
    });
    output.result(
      { event: 'done', format: options.to, path, files, bytes },
      formatCommandLine('exported', { path, files: files.length, bytes }),
    );
    return exitCodes.done;
  });
}

const isJson = (file: string): boolean => /\.json$/i.test(file);

function inputPorts(document: GraphDocument, facts: FactsByNode): Record<string, TensorType> {
  const plan = createPlan(document, facts);
  if (!plan.ok) throw inputError('invalid-graph', 'run-graph-outdated');
  return Object.assign({}, ...plan.value.datasets.map(({ facts }) => facts.outputs));
}

function rowsOf({ shape, data }: TensorValue): number[][] {
  const count = shape[0] ?? 1;
  const width = data.length / count;
  return Array.from({ length: count }, (_, row) => Array.from(data.subarray(row * width, (row + 1) * width)));
}

function best(row: readonly number[], labels: readonly string[] | null) {
  if (!labels) return {};
  const value = Math.max(...row);
  const index = row.indexOf(value);
  return { class: index, label: labels[index] ?? String(index), value };
}

function describeRow(
  row: readonly number[],
  labels: readonly string[] | null,
  classValues: ClassValues,
): string {
  const { label, value = 0 } = best(row, labels);
  if (label === undefined) return row.join(' ');
  return classValues === 'scores'
    ? formatCommandLine('answer-score', { label, score: value.toPrecision(4) })
    : formatCommandLine('answer-probability', { label, percent: (100 * value).toFixed(1) });
}

function matrixLines(
  labels: readonly string[] | null,
  confusion: readonly (readonly number[])[] | null,
): string[] {
  if (!labels || !confusion) return [];
  const width = Math.max(6, ...labels.map((label) => label.length + 1));
  const cells = (values: readonly (string | number)[]) =>
    values.map((value) => String(value).padStart(width)).join('');
  return [formatCommandLine('matrix-axes'), `${' '.repeat(width)}${cells(labels)}`].concat(
    confusion.map((row, index) => `${(labels[index] ?? '').padStart(width)}${cells(row)}`),
  );
}
