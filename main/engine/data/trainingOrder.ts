import { z } from 'zod';
import type { Batch } from '../runtime.ts';
import type { BatchForm, PlanData } from './planData.ts';
import { createRandom, randomBlockOrder, randomOrder, randomStateSchema, resumeRandom } from './random.ts';

/** Where a run stands in its data, as JSON: enough to give exactly the batches that come next. */
export const cursorSchema = z.object({
  /** From 0. */
  epoch: z.int().nonnegative(),
  /** Samples of this epoch already trained on. */
  position: z.int().nonnegative(),
  /** The generator before this epoch's order was drawn. */
  random: randomStateSchema,
});
export type Cursor = z.infer<typeof cursorSchema>;

/**
 * The training batches of a run: each epoch in an order of its own, the last and smaller batch
 * included. `take` prepares nothing: `prefetch` gathers the next batch of the epoch while the
 * present one is being computed. Two sets of arrays are filled in turn, so a batch is valid until
 * the next but one is gathered.
 */
export class TrainingOrder {
  private readonly data: PlanData;
  private readonly batchSize: number;
  private random: ReturnType<typeof createRandom>;
  private randomAtStart: Cursor['random'];
  private order: Uint32Array | null = null;
  private epoch: number;
  private position: number;
  private readonly form: BatchForm;
  private ready: { start: number; batch: Batch | Promise<Batch> } | null = null;
  private spare: Batch | undefined;
  private last: Batch | undefined;

  constructor(options: {
    data: PlanData;
    batchSize: number;
    seed: number;
    cursor?: Cursor;
    form?: BatchForm;
  }) {
    this.data = options.data;
    this.form = options.form ?? 'values';
    this.batchSize = options.batchSize;
    const { cursor } = options;
    this.random = cursor ? resumeRandom(cursor.random) : createRandom(options.seed, 'data order');
    this.randomAtStart = this.random.state();
    this.epoch = cursor?.epoch ?? 0;
    this.position = cursor?.position ?? 0;
    this.drawOrder();
  }

  get sampleCount(): number {
    return this.data.counts.train;
  }

  get epochIndex(): number {
    return this.epoch;
  }

  get epochDone(): boolean {
    return this.position >= this.sampleCount;
  }

  cursor(): Cursor {
    return { epoch: this.epoch, position: this.position, random: this.randomAtStart };
  }

  /** The next batch of this epoch; the cursor moves only with `advance`. */
  async take(): Promise<Batch> {
    if (this.epochDone) throw new Error('the epoch has no batch left');
    const batch = this.ready?.start === this.position ? this.ready.batch : this.gather(this.position);
    this.ready = null;
    return batch;
  }

  /** Begins to gather the batch after the one last taken, if the epoch has one. */
  prefetch(): void {
    this.prepare(this.position + this.batchSize);
  }

  private prepare(start: number): void {
    if (start >= this.sampleCount || this.ready?.start === start) return;
    const batch = this.gather(start);
    // A failure belongs to the step that takes the batch; until then nobody listens.
    if (batch instanceof Promise) batch.catch(() => undefined);
    this.ready = { start, batch };
  }

  /** The batch last taken has been trained on. */
  advance(size: number): void {
    this.position += size;
  }

  nextEpoch(): void {
    this.epoch += 1;
    this.position = 0;
    this.ready = null;
    this.randomAtStart = this.random.state();
    this.drawOrder();
  }

  private drawOrder(): void {
    const { shuffle, blocks } = this.data;
    if (!shuffle) this.order = null;
    else if (blocks) this.order = randomBlockOrder(this.random, this.sampleCount, blocks);
    else this.order = randomOrder(this.random, this.sampleCount);
    // Reading from files takes as long as it takes; it may as well begin now.
    if (blocks) this.prepare(this.position);
  }

  private gather(start: number): Batch | Promise<Batch> {
    const size = Math.min(this.batchSize, this.sampleCount - start);
    const into = this.spare?.size === size ? this.spare : undefined;
    this.spare = this.last;
    this.last = undefined;
    const batch = this.data.gather({
      split: 'train',
      indices: this.order,
      start,
      size,
      form: this.form,
      ...(into && { into }),
    });
    if (!(batch instanceof Promise)) {
      this.last = batch;
      return batch;
    }
    return batch.then((gathered) => {
      this.last = gathered;
      return gathered;
    });
  }
}
