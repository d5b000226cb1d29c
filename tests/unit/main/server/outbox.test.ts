import { describe, expect, it } from 'vitest';
import { CONGESTED_BYTES, createOutbox, MERGED_POINTS_LIMIT } from '#main/server/outbox.ts';
import type { HostEvent, WireMessage } from '#shared/protocol/host.ts';
import type { RunEvent } from '#shared/protocol/run.ts';

/** A socket that takes nothing until it is told to. */
function slowSocket() {
  const received: WireMessage[] = [];
  const under: (() => void)[] = [];
  let relieved = 0;
  const socket = {
    bufferedAmount: 0,
    send(bytes: Uint8Array, sent: () => void) {
      socket.bufferedAmount += CONGESTED_BYTES;
      received.push(JSON.parse(new TextDecoder().decode(bytes)));
      under.push(sent);
    },
  };
  return {
    received,
    outbox: createOutbox(
      socket,
      (message) => new TextEncoder().encode(JSON.stringify(message)),
      () => {
        relieved += 1;
      },
    ),
    relieved: () => relieved,
    takeOne() {
      socket.bufferedAmount -= CONGESTED_BYTES;
      under.shift()?.();
    },
  };
}

const run = (event: RunEvent): WireMessage => ({ type: 'event', event: { type: 'run', event } });
const progress = (runId: string, step: number, whole = false): WireMessage =>
  run({
    type: 'progress',
    runId,
    progress: {
      epoch: 0,
      epochs: 1,
      step,
      stepsPerEpoch: 10,
      totalSteps: 10,
      msPerStep: 1,
      etaSeconds: null,
      learningRates: {},
    },
    points: [{ split: 'train', step, epoch: 0, time: 0, whole, metrics: {} }],
  });
const state = (runId: string, name: 'training' | 'paused'): WireMessage =>
  run({ type: 'state', runId, state: name });

function steps(messages: readonly WireMessage[]): unknown[] {
  return messages.map((message) => {
    if (message.type !== 'event') return message.id;
    const { event }: { event: HostEvent } = message;
    if (event.type !== 'run') return event.type;
    if (event.event.type === 'progress') return event.event.points.map(({ step }) => step);
    return event.event.type === 'state' ? event.event.state : event.event.type;
  });
}

describe('an outbox', () => {
  it('sends at once while the window keeps up', () => {
    const { outbox, received } = slowSocket();
    outbox.push({ type: 'result', id: 1, output: null });
    expect(steps(received)).toEqual([1]);
  });

  it('merges progress of a run, and never moves it past a change of state or an answer past another', () => {
    const { outbox, received, takeOne } = slowSocket();
    outbox.push({ type: 'result', id: 0, output: null });
    outbox.push(progress('a', 1));
    outbox.push({ type: 'result', id: 1, output: null });
    outbox.push(progress('b', 7));
    outbox.push(progress('a', 2));
    outbox.push(state('a', 'paused'));
    outbox.push(progress('a', 3));
    outbox.push(progress('b', 8));
    outbox.push({ type: 'result', id: 2, output: null });
    outbox.push(state('a', 'training'));
    expect(outbox.congested).toBe(true);
    for (let taken = 0; taken < 10; taken += 1) takeOne();
    expect(steps(received)).toEqual([0, [1, 2], 1, [7, 8], 'paused', [3], 2, 'training']);
    expect(outbox.congested).toBe(false);
  });

  it('keeps the whole figures of a window that stands still, and bounds the rest', () => {
    const { outbox, received, takeOne } = slowSocket();
    outbox.push({ type: 'result', id: 0, output: null });
    for (let step = 1; step <= 20_000; step += 1) outbox.push(progress('a', step, step % 1000 === 0));
    takeOne();
    const message = received[1];
    if (
      message?.type !== 'event' ||
      message.event.type !== 'run' ||
      message.event.event.type !== 'progress'
    ) {
      throw new Error('No progress');
    }
    const { points, progress: last } = message.event.event;
    expect(last.step).toBe(20_000);
    expect(points.length).toBeLessThanOrEqual(MERGED_POINTS_LIMIT + 20);
    expect(points.filter(({ whole }) => whole)).toHaveLength(20);
  });
});
