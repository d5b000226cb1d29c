import { formatCommandLine, formatDevice } from '#main/services/messages.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import { formatCount } from '#shared/i18n/formatCount.ts';
import type { DatasetFacts } from '#shared/nodes/defineNode.ts';
import type { Explanation } from '#shared/protocol/explanation.ts';
import type { Output } from '../output.ts';
import { type EngineOptions, withEngine } from '../withEngine.ts';

/** Kernels that do the work of several operations, or update a variable where it lies. */
const fused =
  /^Neuroloom|^_?Fused|^_Mkl|^_Xla|^_.*Fused|^ResourceApply|CrossEntropyWithLogits|^(Block)?LSTM|^GRUBlock|BiasAdd|(Relu|Sigmoid|Tanh|Softplus)Grad$/;
/** Types that are named singly; the rest is summed up. */
const NAMED_TYPES = 8;

/** Prints what each stage of the compiler makes of a graph that can be trained. */
export async function explain(
  document: GraphDocument,
  facts: Record<string, DatasetFacts>,
  options: EngineOptions,
  output: Output,
): Promise<void> {
  const explanation = await withEngine(options, output, async ({ host, ready }) => {
    await ready;
    return await host.call('graph.explain', { document, facts });
  });
  output.result({ event: 'explanation', ...explanation }, explanationText(explanation));
}

function explanationText(explanation: Explanation): string {
  return [
    ...planLines(explanation.plan),
    '',
    ...programLines(explanation),
    '',
    ...memoryLines(explanation.memory),
  ].join('\n');
}

function planLines({ nodes, batchSize, optimizers }: Explanation['plan']): string[] {
  const head = ['explain-node', 'explain-kind', 'explain-output', 'explain-weights', 'explain-activations'];
  const rows = nodes.map(({ path, kind, outputs, weights, activationBytes }) => [
    path,
    kind,
    Object.values(outputs).join(', '),
    weights === 0 ? '' : formatCount(weights),
    activationBytes === 0 ? '' : bytesText(activationBytes),
  ]);
  const titles = head.map((key) => formatCommandLine(key as 'explain-node'));
  const scopes = Object.entries(optimizers).map(([optimizer, paths]) =>
    formatCommandLine('explain-scope', { optimizer, nodes: paths.join(', ') }),
  );
  return [
    formatCommandLine('explain-plan', { nodes: nodes.length, batchSize }),
    ...table([titles, ...rows], 3),
    ...scopes,
  ];
}

function programLines({ programs, runtime, execution }: Explanation): string[] {
  const title = formatCommandLine('explain-programs', {
    runtime: runtime.label,
    device: formatDevice(runtime),
  });
  if (programs.length === 0) return [title, formatCommandLine('explain-no-programs')];
  const ways = execution && {
    chosen: execution.chosen,
    xla: execution.options.xla,
    grappler: execution.options.grappler,
    thread: execution.options.callerThread,
  };
  return [
    title,
    ...programs.flatMap(({ name, recorded, executed, times, recordMs, firstRunMs }) => [
      formatCommandLine('explain-program', {
        name,
        recorded: total(recorded),
        executed: total(executed),
        recordMs: Math.round(recordMs),
        firstRunMs: Math.round(firstRunMs),
      }),
      `  ${formatCommandLine('explain-recorded', { operations: mostFrequent(recorded) })}`,
      `  ${formatCommandLine('explain-executed', { operations: mostFrequent(executed) })}`,
      `  ${formatCommandLine('explain-fused', { operations: listed(ranked(executed).filter(([type]) => fused.test(type))) || 'none' })}`,
      `  ${formatCommandLine('explain-times', { total: milliseconds(total(times)), operations: slowest(times) })}`,
    ]),
    ...(ways ? [formatCommandLine('explain-execution', ways)] : []),
  ];
}

function memoryLines(memory: Explanation['memory']): string[] {
  const { weights, slots, gradients, activations } = memory;
  const sum = weights + slots + gradients + activations;
  return [
    formatCommandLine('explain-memory', {
      total: bytesText(sum),
      weights: bytesText(weights),
      slots: bytesText(slots),
      gradients: bytesText(gradients),
      activations: bytesText(activations),
    }),
  ];
}

type Operations = Readonly<Record<string, number>>;

const total = (operations: Operations): number =>
  Object.values(operations).reduce((sum, count) => sum + count, 0);

const ranked = (operations: Operations): [string, number][] =>
  Object.entries(operations).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));

const listed = (entries: readonly (readonly [string, number])[]): string =>
  entries.map(([type, count]) => `${type} ${count}`).join(', ');

const milliseconds = (ms: number): string => ms.toPrecision(ms < 1 ? 2 : 3);

function slowest(times: Operations): string {
  const shown = ranked(times).slice(0, 8);
  return shown.map(([type, ms]) => `${type} ${milliseconds(ms)}`).join(', ');
}

function mostFrequent(operations: Operations): string {
  const entries = ranked(operations);
  const rest = entries.slice(NAMED_TYPES).reduce((sum, [, count]) => sum + count, 0);
  const named = listed(entries.slice(0, NAMED_TYPES));
  return rest === 0 ? named : `${named}, … ${rest}`;
}

function bytesText(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toPrecision(3)} ${units[unit]}`;
}

/** Columns as wide as their widest cell; those from `numbers` on are set to the right. */
function table(rows: readonly (readonly string[])[], numbers: number): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column < numbers ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd(),
  );
}
