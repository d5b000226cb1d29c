import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser } from '@playwright/test';
import { createEngineHost } from '#main/engineHost/engineHost.ts';
import { launchBenchBrowser } from './benchBrowser.ts';

/**
 * How soon one can begin: a fresh server and a browser without a cache, the address opened at once,
 * while the engine starts beside it on the same machine.
 * Run with `npm run bench startup`.
 */
const ROUNDS = 7;
/** Milliseconds allowed, of the medians. */
const limits = { interactive: 1500, engine: 2000 } as const;
const project = process.cwd();

interface Row {
  /** From the first byte of the first answer to a template card that can be clicked, ms. */
  readonly interactive: number;
  /** The same, from entering the address: with the redirect that takes the token out of it, ms. */
  readonly sinceAddress: number;
  readonly kilobytes: number;
  readonly requests: number;
  /** Complaints of the content security policy. */
  readonly violations: number;
  /** From the start of the server's process until the page shows an engine that is ready, ms. */
  readonly engineShown: number;
  /** The engine's process alone, from its start to `ready`, ms. */
  readonly engine: number;
  readonly load: number;
}

interface Noted {
  interactive: number;
  engineAt: number;
  violations: number;
}

/** What the page notes about itself; runs before any script of the page. */
function watchPage(): void {
  const noted = { interactive: 0, engineAt: 0, violations: 0 };
  Object.assign(window, { startup: noted });
  document.addEventListener('securitypolicyviolation', () => {
    noted.violations += 1;
  });
  const look = () => {
    if (noted.interactive === 0) {
      const card = document.querySelector('[data-template]');
      const box = card?.getBoundingClientRect();
      const top = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      if (card && top && (card.contains(top) || top.contains(card))) noted.interactive = performance.now();
    }
    if (noted.engineAt === 0 && document.querySelector('[data-engine=ready]')) noted.engineAt = Date.now();
    if (noted.interactive === 0 || noted.engineAt === 0) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

interface Served {
  readonly url: string;
  readonly startedAt: number;
  readonly child: ChildProcess;
}

function serve(dataDir: string): Promise<Served> {
  const startedAt = Date.now();
  const program = join(project, 'dist/cli/neuroloom.cjs');
  const child = spawn(process.execPath, [program, 'serve', '--port', '0', '--data-dir', dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The server ended with code ${code}`)));
    createInterface({ input: child.stdout }).once('line', (url) => resolve({ url, startedAt, child }));
  });
}

async function ended(child: ChildProcess): Promise<void> {
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await exit;
}

async function openPage(browser: Browser, { url, startedAt }: Served) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    await page.addInitScript(watchPage);
    const network = await context.newCDPSession(page);
    await network.send('Network.enable');
    let bytes = 0;
    let requests = 0;
    network.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
      requests += 1;
    });
    await page.goto(url);
    await page.waitForFunction(() => {
      const { interactive, engineAt } = (window as unknown as { startup: Noted }).startup;
      return interactive > 0 && engineAt > 0;
    });
    const { noted, firstByte } = await page.evaluate(() => ({
      noted: (window as unknown as { startup: Noted }).startup,
      firstByte: performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming,
    }));
    return {
      interactive: noted.interactive - firstByte.responseStart,
      sinceAddress: noted.interactive,
      kilobytes: bytes / 1024,
      requests,
      violations: noted.violations,
      engineShown: noted.engineAt - startedAt,
    };
  } finally {
    await context.close();
  }
}

/** Milliseconds from the start of the engine's process until it can compute. */
async function startEngine(): Promise<number> {
  const startedAt = performance.now();
  const host = createEngineHost({
    enginePath: join(project, 'dist/engine/engine.cjs'),
    packDirs: [join(project, '.runtimes')],
    runtime: null,
  });
  try {
    return await new Promise((resolve, reject) => {
      host.onStatus(({ state, lastExit }) => {
        if (state === 'ready') resolve(performance.now() - startedAt);
        if (state === 'failed') reject(new Error(lastExit?.message));
      });
    });
  } finally {
    await host.dispose();
  }
}

async function measure(browser: Browser): Promise<Row> {
  const load = loadavg()[0] ?? 0;
  const engine = await startEngine();
  const dataDir = mkdtempSync(join(tmpdir(), 'neuroloom-startup-'));
  const served = await serve(dataDir);
  try {
    return { ...(await openPage(browser, served)), engine, load };
  } finally {
    await ended(served.child);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const rounded = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).map(([key, value]) => [key, Number(value.toFixed(1))])) as Row &
    Record<string, number>;

async function main(): Promise<void> {
  const browser = await launchBenchBrowser();
  const rows: Row[] = [];
  try {
    for (let round = 0; round < ROUNDS; round++) rows.push(rounded(await measure(browser)));
  } finally {
    await browser.close();
  }
  const of = (key: keyof Row) => median(rows.map((row) => row[key]));
  const result = {
    what: 'ms until a page can be used and until the engine can compute; medians of fresh starts',
    rows,
    median: {
      interactive: of('interactive'),
      sinceAddress: of('sinceAddress'),
      engine: of('engine'),
      engineShown: of('engineShown'),
      kilobytes: of('kilobytes'),
      load: of('load'),
    },
    limits,
    violations: Math.max(...rows.map(({ violations }) => violations)),
  };
  console.table(rows);
  console.log(
    `interactive ${result.median.interactive} ms after the first byte (at most ${limits.interactive}), ` +
      `engine ready after ${result.median.engine} ms (at most ${limits.engine}), ` +
      `${result.median.kilobytes} KB, load ${result.median.load}, ${result.violations} violations`,
  );
  mkdirSync(join(project, 'bench-results'), { recursive: true });
  writeFileSync(join(project, 'bench-results/startup.json'), `${JSON.stringify(result, null, 2)}\n`);
  const held =
    result.median.interactive <= limits.interactive &&
    result.median.engine <= limits.engine &&
    result.violations === 0;
  process.exitCode = held ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
