import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CDPSession, Page } from '@playwright/test';
import { launchBenchBrowser } from './benchBrowser.ts';
import { buildPages } from './canvas/benchPages.ts';
import { openPage } from './canvas/gestures.ts';
import './canvas/pageEdits.ts';
import { besideTraining, limitFactor } from './trainingBeside.ts';

/**
 * How long edits of large graphs take, from the command until the page shows what came of it, and what undo
 * keeps in memory. Run with `npm run bench edits`; NEUROLOOM_BENCH_ROUNDS=1 measures each once, and
 * NEUROLOOM_BENCH_TRAINING=1 while a network trains, with twice the limits of time.
 */
const ROUNDS = Number(process.env.NEUROLOOM_BENCH_ROUNDS ?? 5);
const KEYSTROKES = 51;
/** So many at first are slower: the browser compiles what it runs often, and has not yet. */
const FIRST_KEYSTROKES = 10;
/** What a page does after an edit (painting, a worker that gets ready) is done after so long. */
const REST_MS = 3000;
const STEPS = 1000;

interface Row {
  readonly what: string;
  readonly unit: 'ms' | 'MB';
  /** Null where none is set. */
  readonly limit: number | null;
  readonly values: readonly number[];
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const edits = <T>(
  page: Page,
  act: (edits: NonNullable<Window['benchEdits']>) => T | Promise<T>,
): Promise<T> => page.evaluate(`(${act.toString()})(window.benchEdits)`) as Promise<T>;

async function keystrokes(page: Page, id: string): Promise<number[]> {
  await page.evaluate((node) => window.benchEdits?.reveal(node), id);
  await page.waitForFunction(
    (node) => document.querySelector(`.react-flow__node[data-id="${node}"] .po code`) !== null,
    id,
  );
  const values: number[] = [];
  for (let key = 0; key < KEYSTROKES; key++) {
    const units = 100 + key;
    const took = await page.evaluate(([node, count]) => window.benchEdits?.keystroke(node, count), [
      id,
      units,
    ] as const);
    if (took !== undefined) values.push(took);
  }
  return values;
}

const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, REST_MS));

async function heap(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / 1e6;
}

async function main(): Promise<void> {
  const pages = await buildPages('edits');
  const browser = await launchBenchBrowser();
  const rows: Row[] = [];
  const open = async (nodes: number, wires: number): Promise<Page> => {
    const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
    await openPage(page, `${pages.base}ours.html?nodes=${nodes}&edges=${wires}`, nodes);
    return page;
  };
  try {
    const thousand = await open(1000, 1600);
    for (const [place, id] of [
      ['first', 'dense-3'],
      ['middle', 'dense-501'],
      ['last', 'dense-997'],
    ] as const) {
      const values = await keystrokes(thousand, id);
      const what = `keystroke, 1,000 nodes, ${place} layer`;
      rows.push({
        what: `${what}, at first`,
        unit: 'ms',
        limit: null,
        values: values.slice(0, FIRST_KEYSTROKES),
      });
      rows.push({ what, unit: 'ms', limit: 16, values: values.slice(FIRST_KEYSTROKES) });
    }
    await thousand.close();

    const pasted: number[] = [];
    const wired: number[] = [];
    const undone: number[] = [];
    const tidied: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const page = await open(500, 800);
      const text = await edits(page, ({ copyAll }) => copyAll());
      await rest();
      const shown = await page.evaluate((json) => window.benchEdits?.paste(json), text);
      pasted.push(shown?.cards ?? Number.NaN);
      wired.push(shown?.wires ?? Number.NaN);
      await rest();
      undone.push(await edits(page, ({ undo }) => undo()));
      await rest();
      tidied.push(await edits(page, ({ tidy }) => tidy()));
      await page.close();
    }
    rows.push({ what: 'paste of 500 nodes', unit: 'ms', limit: 300, values: pasted });
    rows.push({ what: 'until its 800 wires are there too', unit: 'ms', limit: null, values: wired });
    rows.push({ what: 'undo of it', unit: 'ms', limit: 300, values: undone });
    rows.push({ what: 'tidy of 500 nodes', unit: 'ms', limit: 1000, values: tidied });

    const page = await open(500, 800);
    const session = await page.context().newCDPSession(page);
    const before = await heap(session);
    const steps = await page.evaluate((count) => window.benchEdits?.steps(count), STEPS);
    if (steps !== STEPS) throw new Error(`the history keeps ${steps} of ${STEPS} steps`);
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 3000 })));
    const grown = (await heap(session)) - before;
    rows.push({ what: '1,000 steps of undo, 500 nodes', unit: 'MB', limit: 50, values: [grown] });
  } finally {
    await browser.close();
    await pages.close();
  }
  const limitOf = ({ limit, unit }: Row): number | null => limit && limit * (unit === 'ms' ? limitFactor : 1);
  for (const row of rows) {
    const { what, unit, values } = row;
    const limit = limitOf(row);
    const range = `${Math.min(...values).toFixed(1)}–${Math.max(...values).toFixed(1)}`;
    console.log(
      `${what.padEnd(48)} ${median(values).toFixed(1).padStart(8)} ${unit}${limit === null ? '' : ` of at most ${limit}`} [${range}]`,
    );
  }
  mkdirSync('bench-results', { recursive: true });
  writeFileSync(
    join('bench-results', 'edits.json'),
    `${JSON.stringify({ rounds: ROUNDS, rows }, null, 2)}\n`,
  );
  process.exitCode = rows.every((row) => median(row.values) <= (limitOf(row) ?? Infinity)) ? 0 : 1;
}

besideTraining(main).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
