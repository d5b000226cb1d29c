import type { Page } from '@playwright/test';
import './benchPage.ts';
import { mainThreadWork, type TraceEvent, type Work } from './mainThreadWork.ts';

export const MOVES = 60;
const SELECTED = 50;

/** What a hand does on the canvas. */
export type Gesture = 'drag one' | `drag ${typeof SELECTED}` | 'pan' | 'zoom';

const frame = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve(null))));

const settled = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 2000 })));

/** Work per move while `step` is done again and again, each in a frame of its own. */
async function traced(page: Page, step: (move: number) => Promise<void>): Promise<Work> {
  const browser = page.context().browser();
  if (!browser) throw new Error('no browser');
  await browser.startTracing(page, { categories: ['devtools.timeline', '__metadata'] });
  for (let move = 0; move < MOVES; move++) {
    await step(move);
    await frame(page);
  }
  const buffer = await browser.stopTracing();
  const { traceEvents } = JSON.parse(buffer.toString()) as { traceEvents: TraceEvent[] };
  const { script, style, layout } = mainThreadWork(traceEvents);
  return { script: script / MOVES, style: style / MOVES, layout: layout / MOVES };
}

const MIDDLE = { x: 800, y: 450 };

/** The node nearest to the middle of the page, and a point of its header. */
async function middleNode(page: Page): Promise<{ index: number; x: number; y: number }> {
  return page.evaluate((middle) => {
    const boxes = [...document.querySelectorAll('.react-flow__node')].map((node, index) => {
      const { left, top, width, height } = node.getBoundingClientRect();
      return { index, x: left + width / 2, y: top + Math.min(6, height / 4) };
    });
    const away = ({ x, y }: { x: number; y: number }) => Math.hypot(x - middle.x, y - middle.y);
    return boxes.reduce((nearest, box) => (away(box) < away(nearest) ? box : nearest));
  }, MIDDLE);
}

/** A point of the empty canvas around which it may be dragged; runs in the page. */
function freePoint(): { x: number; y: number } | undefined {
  for (let y = 100; y < innerHeight - 100; y += 3) {
    for (let x = 100; x < innerWidth - 200; x += 3) {
      if (document.elementFromPoint(x, y)?.classList.contains('react-flow__pane')) return { x, y };
    }
  }
  return undefined;
}

async function drag(page: Page, from: { x: number; y: number }): Promise<Work> {
  const { x, y } = from;
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let move = 0; move < 10; move++) await page.mouse.move(x + move, y);
  const work = await traced(page, (move) =>
    page.mouse.move(x + 40 * Math.sin(move / 8), y + 40 * Math.cos(move / 8)),
  );
  await page.mouse.up();
  await settled(page);
  return work;
}

/** Runs a gesture on the page as it is and gives the work of one pointer move. */
export async function measureGesture(page: Page, gesture: Gesture): Promise<Work> {
  const middle = await middleNode(page);
  switch (gesture) {
    case 'drag one':
      return drag(page, middle);
    case 'drag 50': {
      await page.evaluate(
        ([start, count]) => {
          const ids = window.benchPage?.nodeIds ?? [];
          window.benchPage?.select(ids.slice(start, start + count));
        },
        [middle.index - SELECTED / 2, SELECTED] as const,
      );
      await page.waitForFunction(
        (count) => document.querySelectorAll('.react-flow__node.selected').length === count,
        SELECTED,
      );
      await settled(page);
      return drag(page, middle);
    }
    case 'pan': {
      const at = await page.evaluate(freePoint);
      if (!at) throw new Error('nothing to pan by');
      return drag(page, at);
    }
    case 'zoom':
      await page.mouse.move(MIDDLE.x, MIDDLE.y);
      return traced(page, (move) => page.mouse.wheel(0, move < MOVES / 2 ? -20 : 20));
  }
}

/**
 * Opens the graph in a window that is there, with its fonts, and gives the milliseconds until every node is there to
 * be seen.
 */
export async function openPage(page: Page, url: string, nodes: number): Promise<number> {
  await page.goto(url);
  await page.waitForFunction(() => window.benchPage !== undefined);
  await page.evaluate(async () => {
    await Promise.all([...document.fonts].map((font) => font.load()));
  });
  await settled(page);
  return await page.evaluate(async (count) => {
    const started = performance.now();
    window.benchPage?.open();
    const isThere = (): boolean =>
      document.querySelectorAll('.react-flow__node').length === count &&
      !document.querySelector('.react-flow__node[style*="visibility: hidden"]');
    do await new Promise(requestAnimationFrame);
    while (!isThere());
    // Once it is painted.
    await new Promise(requestAnimationFrame);
    const took = performance.now() - started;
    await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 2000 }));
    return took;
  }, nodes);
}
