import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';

/**
 * Main-thread work per pointer move while a node of a 300-node graph is dragged: our canvas against a
 * bare React Flow page, interleaved in one run, read off Chromium's performance trace.
 * Run with `npm run bench canvas`; CHROMIUM_PATH names the browser where Playwright's own is missing.
 */
const project = process.cwd();
const root = join(project, 'tests/bench/canvas');
const outDir = join(project, '.cache/bench-canvas');
const ROUNDS = 3;
const MOVES = 60;
const LIMIT = 1.3;

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly args?: { readonly name?: string };
}

/** Milliseconds of tasks on the busiest page's main thread. */
function mainThreadTime(trace: readonly TraceEvent[]): number {
  const mains = trace.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const times = mains.map(({ pid, tid }) =>
    trace
      .filter(
        (event) => event.pid === pid && event.tid === tid && event.ph === 'X' && event.name === 'RunTask',
      )
      .reduce((sum, { dur = 0 }) => sum + dur / 1000, 0),
  );
  return Math.max(...times);
}

async function measure(page: Page, url: string): Promise<number> {
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
    categories: ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata'],
  });
  for (let move = 0; move < MOVES; move++) {
    await page.mouse.move(x + 40 * Math.sin(move / 8), y + 40 * Math.cos(move / 8));
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve(null))));
  }
  const buffer = await browser.stopTracing();
  await page.mouse.up();
  const { traceEvents } = JSON.parse(buffer.toString()) as { traceEvents: TraceEvent[] };
  return mainThreadTime(traceEvents) / MOVES;
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
  const server = await preview({
    root,
    configFile: false,
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0 },
  });
  const base = server.resolvedUrls?.local[0] ?? '';
  const executablePath = process.env.CHROMIUM_PATH;
  const browser = await chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  const rows: { bare: number; ours: number }[] = [];
  try {
    const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
    for (let round = 0; round < ROUNDS; round++) {
      rows.push({
        bare: await measure(page, `${base}bare.html`),
        ours: await measure(page, `${base}ours.html`),
      });
    }
  } finally {
    await browser.close();
    await server.close();
  }

  const ratios = rows.map(({ bare, ours }) => ours / bare);
  const result = {
    what: 'main-thread ms per pointer move, dragging one node of 300',
    moves: MOVES,
    rows,
    median: { bare: median(rows.map(({ bare }) => bare)), ours: median(rows.map(({ ours }) => ours)) },
    ratio: median(ratios),
    limit: LIMIT,
  };
  console.table(
    rows.map(({ bare, ours }) => ({
      bare: bare.toFixed(2),
      ours: ours.toFixed(2),
      ratio: (ours / bare).toFixed(2),
    })),
  );
  console.log(`median ratio ${result.ratio.toFixed(2)} (at most ${LIMIT})`);
  mkdirSync(join(project, 'bench-results'), { recursive: true });
  writeFileSync(join(project, 'bench-results/canvas.json'), `${JSON.stringify(result, null, 2)}\n`);
  process.exitCode = result.ratio <= LIMIT ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
