import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchBenchBrowser } from './benchBrowser.ts';
import { buildPages } from './canvas/benchPages.ts';
import { type Gesture, MOVES, measureGesture, openPage } from './canvas/gestures.ts';
import { total, type Work } from './canvas/mainThreadWork.ts';
import { besideTraining, limitFactor } from './trainingBeside.ts';

/**
 * Main-thread work per pointer move on large graphs: our canvas against a bare React Flow page of the
 * same size, in turns in one run, read off Chromium's performance trace; and how long our largest takes
 * to open. Run with `npm run bench canvas`; NEUROLOOM_BENCH_NODES=300 measures one size,
 * NEUROLOOM_BENCH_ROUNDS=1 once, and NEUROLOOM_BENCH_TRAINING=1 ours while a network trains, with twice the limits.
 */
const project = process.cwd();
const ROUNDS = Number(process.env.NEUROLOOM_BENCH_ROUNDS ?? 5);
const OPEN_LIMIT_MS = 2000 * limitFactor;

interface Size {
  readonly nodes: number;
  readonly edges: number;
  /** The most that ours may cost, as a multiple of the bare page. */
  readonly limits: Readonly<Partial<Record<Gesture, number>>>;
}

const everything = { 'drag one': 1.3, 'drag 50': 1.5, pan: 1.3, zoom: 1.3 } as const;
const sizes: readonly Size[] = [
  { nodes: 300, edges: 299, limits: { 'drag one': 1.3 } },
  { nodes: 500, edges: 800, limits: everything },
  { nodes: 2000, edges: 3200, limits: everything },
].filter(({ nodes }) => [undefined, String(nodes)].includes(process.env.NEUROLOOM_BENCH_NODES));

type Side = 'bare' | 'ours';
interface Row {
  readonly nodes: number;
  readonly what: Gesture | 'open';
  readonly side: Side;
  readonly work: Work;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

async function measureAll(): Promise<Row[]> {
  const pages = await buildPages('canvas');
  const browser = await launchBenchBrowser();
  const rows: Row[] = [];
  try {
    for (const { nodes, edges, limits } of sizes) {
      for (let round = 0; round < ROUNDS; round++) {
        // Taking turns at going first, so that neither always gets the warmer or the busier machine.
        const sides: Side[] = round % 2 === 0 ? ['bare', 'ours'] : ['ours', 'bare'];
        const opened = [];
        for (const side of sides) {
          const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
          const script = await openPage(
            page,
            `${pages.base}${side}.html?nodes=${nodes}&edges=${edges}`,
            nodes,
          );
          rows.push({ nodes, what: 'open', side, work: { script, style: 0, layout: 0 } });
          opened.push({ side, page });
        }
        for (const what of Object.keys(limits) as Gesture[]) {
          for (const { side, page } of opened) {
            await page.bringToFront();
            rows.push({ nodes, what, side, work: await measureGesture(page, what) });
          }
        }
        for (const { page } of opened) await page.close();
        console.log(`${nodes} nodes: round ${round + 1} of ${ROUNDS}`);
      }
    }
  } finally {
    await browser.close();
    await pages.close();
  }
  return rows;
}

const mean = (rows: readonly Row[]): string => {
  const of = (kind: keyof Work): string => median(rows.map(({ work }) => work[kind])).toFixed(2);
  return `${of('script')} + ${of('style')} + ${of('layout')}`;
};

async function main(): Promise<void> {
  const rows = await measureAll();
  const cases = sizes.flatMap(({ nodes, edges, limits }) => {
    const rowsOf = (what: Row['what'], side: Side) =>
      rows.filter((row) => row.nodes === nodes && row.what === what && row.side === side);
    const compared = Object.entries(limits).map(([what, limit]) => {
      const bare = rowsOf(what as Gesture, 'bare');
      const ours = rowsOf(what as Gesture, 'ours');
      const medians = [bare, ours].map((side) => median(side.map(({ work }) => total(work))));
      const [a = Number.NaN, b = Number.NaN] = medians;
      const ratios = ours.map(({ work }, round) => total(work) / total(bare[round]?.work ?? work));
      return {
        graph: `${nodes}/${edges}`,
        what,
        bare: a,
        ours: b,
        'bare parts': mean(bare),
        'our parts': mean(ours),
        ratio: b / a,
        rounds: ratios.map((ratio) => ratio.toFixed(2)).join(' '),
        limit: limit * limitFactor,
      };
    });
    const openedIn = median(rowsOf('open', 'ours').map(({ work }) => work.script));
    return [
      ...compared,
      ...(nodes === 2000
        ? [
            {
              graph: `${nodes}/${edges}`,
              what: 'open',
              ours: openedIn,
              ratio: openedIn,
              limit: OPEN_LIMIT_MS,
            },
          ]
        : []),
    ];
  });
  console.log('ms per move (script + style + layout), medians; ratio of the medians, and of each round');
  for (const { graph, what, ratio, limit, ...rest } of cases) {
    const bare = 'bare' in rest ? `${rest.bare.toFixed(2)} (${rest['bare parts']})` : '';
    const ours =
      'bare' in rest ? `${rest.ours.toFixed(2)} (${rest['our parts']})` : `${rest.ours.toFixed(0)} ms`;
    const judged =
      'bare' in rest ? `${ratio.toFixed(2)} of at most ${limit} [${rest.rounds}]` : `of at most ${limit}`;
    console.log(
      `${graph.padEnd(10)} ${what.padEnd(9)} bare ${bare.padEnd(30)} ours ${ours.padEnd(30)} ${judged}`,
    );
  }
  mkdirSync(join(project, 'bench-results'), { recursive: true });
  writeFileSync(
    join(project, 'bench-results/canvas.json'),
    `${JSON.stringify({ what: 'main-thread ms per pointer move', moves: MOVES, rounds: ROUNDS, cases, rows }, null, 2)}\n`,
  );
  process.exitCode = cases.every(({ ratio, limit }) => ratio <= limit) ? 0 : 1;
}

besideTraining(main).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
