import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clock } from '#main/engine/train/clock.ts';
import { ProgressReporter } from '#main/engine/train/progressReporter.ts';
import type { MetricPoint } from '#shared/protocol/run.ts';

/** A clock that stands still until it is moved; calls that are due are made on the way. */
class HandClock implements Clock {
  private time = 1000;
  private calls: { at: number; call: () => void }[] = [];

  now(): number {
    return this.time;
  }

  after(ms: number, call: () => void): () => void {
    const entry = { at: this.time + ms, call };
    this.calls.push(entry);
    return () => {
      this.calls = this.calls.filter((other) => other !== entry);
    };
  }

  move(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const [due] = this.calls.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!due) break;
      this.calls = this.calls.filter((other) => other !== due);
      this.time = due.at;
      due.call();
    }
    this.time = end;
  }
}

function setUp() {
  const clock = new HandClock();
  const events: { at: number; step: number; points: MetricPoint[] }[] = [];
  const recorded: MetricPoint[] = [];
  const reporter = new ProgressReporter({
    keys: [],
    epochs: 1000,
    stepsPerEpoch: 2,
    totalSteps: 2000,
    emit: ({ step }, points) => events.push({ at: clock.now(), step, points }),
    record: (point) => recorded.push(point),
    clock,
  });
  let step = 0;
  const at = () => ({ step, epoch: step / 2, learningRates: {} });
  const takeStep = (ms: number) => {
    clock.move(ms);
    step += 1;
    reporter.stepDone({ result: { loss: 1, sums: {} }, size: 1, ms, time: clock.now() / 1000, at: at() });
  };
  const endEpoch = () => {
    reporter.addPoint({
      split: 'train',
      ...at(),
      time: clock.now() / 1000,
      whole: true,
      metrics: { loss: step },
    });
    reporter.flush(at());
  };
  return { clock, events, recorded, reporter, at, takeStep, endEpoch };
}

/** The most events in any second. */
function busiestSecond(times: readonly number[]): number {
  return Math.max(0, ...times.map((start) => times.filter((at) => at >= start && at < start + 1000).length));
}

describe('progress', () => {
  it('comes at most 30 times in any second and loses no point, however fast steps and epochs are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ ms: fc.double({ min: 0.01, max: 60, noNaN: true }), endsEpoch: fc.boolean() }), {
          minLength: 1,
          maxLength: 400,
        }),
        async (steps) => {
          const { clock, events, recorded, reporter, at, takeStep, endEpoch } = setUp();
          for (const { ms, endsEpoch } of steps) {
            takeStep(ms);
            if (endsEpoch) endEpoch();
          }
          const settled = reporter.settle(at());
          clock.move(1000);
          await settled;
          expect(busiestSecond(events.map((event) => event.at))).toBeLessThanOrEqual(30);
          expect(events.flatMap(({ points }) => points)).toEqual(recorded);
          expect(events.at(-1)?.step).toBe(steps.length);
        },
      ),
    );
  });

  it('of an epoch that ends too early waits for the next slot, with what came until then', () => {
    const { clock, events, takeStep, endEpoch } = setUp();
    takeStep(1);
    expect(events).toHaveLength(1);
    takeStep(1);
    endEpoch();
    takeStep(1);
    takeStep(1);
    endEpoch();
    expect(events).toHaveLength(1);
    clock.move(100);
    expect(events).toHaveLength(2);
    expect(events[1]?.points.map(({ step }) => step)).toEqual([2, 4]);
    expect(events[1]?.step).toBe(4);
    clock.move(1000);
    expect(events).toHaveLength(2);
  });

  it('is out before a pause, and nothing comes after it', async () => {
    const { clock, events, reporter, at, takeStep, endEpoch } = setUp();
    takeStep(1);
    takeStep(1);
    endEpoch();
    const settled = reporter.settle(at());
    expect(events).toHaveLength(1);
    clock.move(50);
    await settled;
    expect(events.at(-1)?.step).toBe(2);
    const count = events.length;
    clock.move(1000);
    expect(events).toHaveLength(count);
  });
});
