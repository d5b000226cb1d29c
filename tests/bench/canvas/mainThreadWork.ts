/** One entry of Chromium's performance trace; times in microseconds. */
export interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Time that the thread really ran: what waited for a busy processor is left out. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** What counts as work: script with its garbage collection, style, and layout; painting is the compositor's business. */
const WORK: Readonly<Record<string, keyof Work>> = {
  EventDispatch: 'script',
  FunctionCall: 'script',
  EvaluateScript: 'script',
  FireAnimationFrame: 'script',
  TimerFire: 'script',
  RunMicrotasks: 'script',
  MinorGC: 'script',
  MajorGC: 'script',
  UpdateLayoutTree: 'style',
  Layout: 'layout',
};

/** Milliseconds of each kind. */
export interface Work {
  readonly script: number;
  readonly style: number;
  readonly layout: number;
}
export const total = ({ script, style, layout }: Work): number => script + style + layout;

/** Work on one thread; what runs inside other work is counted once, as its own kind. */
function workOfThread(events: readonly TraceEvent[]): Work {
  const sum = { script: 0, style: 0, layout: 0 };
  const open: { end: number; kind: keyof Work }[] = [];
  for (const { name, ts, dur = 0, tdur = dur } of events.toSorted(
    (a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0),
  )) {
    const kind = WORK[name];
    if (!kind) continue;
    while (open.length > 0 && (open.at(-1)?.end ?? 0) <= ts) open.pop();
    const parent = open.at(-1);
    if (parent) sum[parent.kind] -= tdur / 1000;
    sum[kind] += tdur / 1000;
    open.push({ end: ts + dur, kind });
  }
  return sum;
}

/** Work on the busiest page's main thread. */
export function mainThreadWork(trace: readonly TraceEvent[]): Work {
  const mains = trace.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const works = mains.map(({ pid, tid }) =>
    workOfThread(trace.filter((event) => event.pid === pid && event.tid === tid && event.ph === 'X')),
  );
  return works.reduce((most, work) => (total(work) > total(most) ? work : most), {
    script: 0,
    style: 0,
    layout: 0,
  });
}
