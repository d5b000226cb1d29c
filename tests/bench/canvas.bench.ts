import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { launchBenchBrowser } from './benchBrowser.ts';

/**
 * Main-thread work per pointer move while a node of a 300-node graph is dragged: our canvas against a
 * bare React Flow page, interleaved in one run, read off Chromium's performance trace.
 * Run with `npm run bench canvas`.
 */
const project = process.cwd();
const root = join(project, 'tests/bench/canvas');
const outDir = join(project, '.cache/bench-canvas');
const ROUNDS = 7;
const MOVES = 60;
const LIMIT = 1.3;

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Microseconds that the thread really ran: what waited for a busy processor is left out. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** What counts as work: script with its garbage collection, style, and layout; painting is the compositor's business. */
const WORK: Readonly<Record<string, 'script' | 'style' | 'layout'>> = {
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

interface Work {
  readonly script: number;
  readonly style: number;
  readonly layout: number;
}
const total = ({ script, style, layout }: Work): number => script + style + layout;

/** Milliseconds of each kind of work on one thread; what runs inside other work is counted once, as its own kind. */
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

/** Milliseconds of work on the busiest page's main thread. */
function mainThreadWork(trace: readonly TraceEvent[]): Work {
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

async function measure(page: Page, url: string): Promise<Work> {
  await page.goto(url);
  await page.locator('.react-flow__node').nth(299).waitFor({ state: 'attached' });
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 2000 })));
  const box = await page.locator('.react-flow__node').nth(147).boundingBox();
  const browser = page.context().browser();
  if (!box || !browser) throw new Error('no node to drag');
  const x = box.x + box.width / 2;
  const y = box.y + Math.min(6, box.height / 4);
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let move = 0; move < 10; move++) await page.mouse.move(x + move, y);
  await browser.startTracing(page, {
    categories: ['devtools.timeline', '__metadata'],
  });
  for (let move = 0; move < MOVES; move++) {
    await page.mouse.move(x + 40 * Math.sin(move / 8), y + 40 * Math.cos(move / 8));
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve(null))));
  }
  const buffer = await browser.stopTracing();
  await page.mouse.up();
  const { traceEvents } = JSON.parse(buffer.toString()) as { traceEvents: TraceEvent[] };
  const { script, style, layout } = mainThreadWork(traceEvents);
  return { script: script / MOVES, style: style / MOVES, layout: layout / MOVES };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

async function main(): Promise<void> {
  // Imported here because the bench is bundled as CommonJS, and these are modules only.
  const [{ build, preview }, { default: react }, { default: tailwindcss }] = await Promise.all([
    import('vite'),
    import('@vitejs/plugin-react'),
    import('@tailwindcss/vite'),
  ]);
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [react(), tailwindcss()],
    build: {
      outDir,
      emptyOutDir: true,
      chunkSizeWarningLimit: 4000,
      rolldownOptions: { input: { bare: join(root, 'bare.html'), ours: join(root, 'ours.html') } },
    },
  });
  const browser = await launchBenchBrowser();
  const server = await preview({
    root,
    configFile: false,
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0 },
  });
  const base = server.resolvedUrls?.local[0] ?? '';
  const rows: { bare: Work; ours: Work }[] = [];
  try {
    const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
    for (let round = 0; round < ROUNDS; round++) {
      // Taking turns at going first, so that neither always gets the warmer or the busier machine.
      const first = round % 2 === 0 ? 'bare' : 'ours';
      const one = await measure(page, `${base}${first}.html`);
      const other = await measure(page, `${base}${first === 'bare' ? 'ours' : 'bare'}.html`);
      rows.push(first === 'bare' ? { bare: one, ours: other } : { bare: other, ours: one });
    }
  } finally {
    await browser.close();
    await server.close();
  }

  const bare = median(rows.map((row) => total(row.bare)));
  const ours = median(rows.map((row) => total(row.ours)));
  const result = {
    what: 'main-thread ms (script, style, layout) per pointer move, dragging one node of 300',
    moves: MOVES,
    rows,
    median: { bare, ours },
    ratio: ours / bare,
    limit: LIMIT,
  };
  const tell = (work: Work): string =>
    `${total(work).toFixed(2)} (${work.script.toFixed(2)} + ${work.style.toFixed(2)} + ${work.layout.toFixed(2)})`;
  console.log('ms per move: all (script + style + layout)');
  console.table(
    rows.map((row) => ({
      bare: tell(row.bare),
      ours: tell(row.ours),
      ratio: (total(row.ours) / total(row.bare)).toFixed(2),
    })),
  );
  console.log(
    `medians ${ours.toFixed(2)} / ${bare.toFixed(2)} ms: ratio ${result.ratio.toFixed(2)} (at most ${LIMIT})`,
  );
  mkdirSync(join(project, 'bench-results'), { recursive: true });
  writeFileSync(join(project, 'bench-results/canvas.json'), `${JSON.stringify(result, null, 2)}\n`);
  process.exitCode = result.ratio <= LIMIT ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
