import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import {
  type MetricPoint,
  metricPointSchema,
  type RunRecord,
  runRecordSchema,
} from '#shared/protocol/run.ts';
import { atomicWrite } from './atomicWrite.ts';

/** The parts of a run's folder; the engine writes them, the host reads them. */
export const runFolder = {
  graph: (dir: string) => join(dir, 'graph.json'),
  record: (dir: string) => join(dir, 'run.json'),
  metrics: (dir: string) => join(dir, 'metrics.jsonl'),
  data: (dir: string) => join(dir, 'data.json'),
  checkpoints: (dir: string) => join(dir, 'checkpoints'),
} as const;

/** Throws where run.json is missing, no JSON, or not a run's record. */
export async function readRunRecord(dir: string): Promise<RunRecord> {
  return runRecordSchema.parse(JSON.parse(await readFile(runFolder.record(dir), 'utf8')));
}

export async function writeRunRecord(dir: string, record: RunRecord): Promise<void> {
  await atomicWrite(runFolder.record(dir), `${JSON.stringify(record, null, 2)}\n`);
}

/** Says in metrics.jsonl that the run went on from an earlier step: later points before this line are void. */
const resumedSchema = z.object({ resumedFrom: z.int() });

/**
 * The curve of a run. metrics.jsonl is only ever appended to: a line cut off by a crash is dropped,
 * and so are the points of steps that a resumed run does again.
 */
export async function readMetricPoints(dir: string): Promise<MetricPoint[]> {
  let text: string;
  try {
    text = await readFile(runFolder.metrics(dir), 'utf8');
  } catch {
    return [];
  }
  let points: MetricPoint[] = [];
  for (const line of text.split('\n')) {
    const value = parseLine(line);
    const resumed = resumedSchema.safeParse(value);
    if (resumed.success) points = points.filter((point) => point.step <= resumed.data.resumedFrom);
    const point = metricPointSchema.safeParse(value);
    if (point.success) points.push(point.data);
  }
  return points;
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Appends to metrics.jsonl in one piece at a time; what could not be written is kept for the next try. */
export class MetricsFile {
  private readonly path: string;
  private waiting: string[] = [];
  private writing: Promise<void> | null = null;
  /** A crash or a full disk may have cut the last line off: the next piece begins on a line of its own. */
  private torn: boolean;

  constructor(dir: string, options: { append: boolean }) {
    this.path = runFolder.metrics(dir);
    this.torn = options.append;
  }

  add(point: MetricPoint): void {
    this.waiting.push(JSON.stringify(point));
  }

  resumedFrom(step: number): void {
    this.waiting.push(JSON.stringify({ resumedFrom: step }));
  }

  /** Rejects when the disk does not take it; call again to retry. */
  flush(): Promise<void> {
    this.writing ??= this.write().finally(() => {
      this.writing = null;
    });
    return this.writing;
  }

  private async write(): Promise<void> {
    while (this.waiting.length > 0) {
      const lines = this.waiting;
      this.waiting = [];
      const prefix = this.torn ? '\n' : '';
      try {
        await appendFile(this.path, `${prefix}${lines.join('\n')}\n`);
        this.torn = false;
      } catch (error) {
        this.torn = true;
        this.waiting = [...lines, ...this.waiting];
        throw error;
      }
    }
  }
}
