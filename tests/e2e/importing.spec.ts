import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './pages/serveApp.ts';

/** Drops a file whose text is made in the page: `part` so often between `before` and `after`. */
async function drop(
  page: Page,
  file: { name: string; before?: string; part?: string; times?: number; after?: string },
): Promise<void> {
  const transfer = await page.evaluateHandle(({ name, before = '', part = '', times = 0, after = '' }) => {
    const parts = [
      before,
      ...Array.from({ length: times }, (_, at) => part.replaceAll('#', String(at))),
      after,
    ];
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(parts, name));
    return dataTransfer;
  }, file);
  for (const type of ['dragenter', 'dragover', 'drop'])
    await page.dispatchEvent('body', type, { dataTransfer: transfer });
  await transfer.dispose();
}

const head = '{"format":"neuroloom","version":1,"name":"dropped","edges":[],"nodes":[';
const node = '{"id":"n#","kind":"relu","params":{},"position":{"x":0,"y":0}}';

test('files dropped on the window: a graph opens beside, all else says why, and the work is untouched', async ({
  app,
  page,
}) => {
  await app.openTemplate('two-spirals');
  await app.selectNode('Adam');
  await page.keyboard.press('Delete');

  const refused: [Parameters<typeof drop>[1], RegExp][] = [
    [{ name: 'words.json', before: 'no graph' }, /It is not a graph/],
    [{ name: 'rows.csv', before: 'a,b\n1,2\n' }, /It is a table.*“CSV file”/],
    [
      { name: 'huge.json', part: 'x'.repeat(1_000_000), times: 100 },
      /It has 100 MB; a graph has at most 64 MB/,
    ],
    [
      { name: 'proto.json', before: `${head}{"__proto__":{"polluted":1}}]}` },
      /“nodes\[0\].__proto__” is not allowed/,
    ],
    [{ name: 'deep.json', part: '[', times: 100_000 }, /not valid JSON/],
    [
      { name: 'million.json', before: head, part: `${node},`, times: 1_000_000, after: `${node}]}` },
      /too|at most|up to/,
    ],
    [
      { name: 'picture.svg', before: '<svg xmlns="http://www.w3.org/2000/svg"/>' },
      /The picture holds no graph/,
    ],
  ];
  for (const [file, message] of refused) {
    await drop(page, file);
    const toast = app.messages.filter({ hasText: `“${file.name}” was not opened.` });
    await expect(toast).toContainText(message, { timeout: 30_000 });
    await toast.getByRole('button', { name: 'Dismiss' }).click();
  }
  expect(await page.evaluate(() => 'polluted' in {})).toBe(false);
  await expect(app.tabs).toHaveCount(0);
  await expect(app.node('Adam')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(app.node('Adam')).toBeVisible();

  const loop = (from: string, to: string): string =>
    `{"id":"${from}","inputs":[],"outputs":[],"edges":[],"nodes":[{"id":"i","kind":"block","params":{"block":"${to}"},"position":{"x":0,"y":0}}]}`;
  await drop(page, {
    name: 'circle.json',
    before: `${head}{"id":"i","kind":"block","params":{"block":"a"},"position":{"x":0,"y":0}}],"blocks":[${loop('a', 'b')},${loop('b', 'a')}]}`,
  });
  await expect(app.tabs).toHaveText(['Two spirals', 'dropped']);
  await expect(page.locator('.react-flow__node[data-id=i] .node')).toHaveClass(/err/);

  await app.tabs.first().click();
  await page.getByRole('button', { name: 'Document' }).click();
  const downloaded = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Picture as PNG' }).click();
  const picture = [...(await readFile(await (await downloaded).path()))];
  const transfer = await page.evaluateHandle((bytes) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([new Uint8Array(bytes)], 'picture.png'));
    return dataTransfer;
  }, picture);
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  await expect(app.tabs).toHaveText(['Two spirals', 'Two spirals', 'dropped']);
  await expect(app.node('Adam')).toBeVisible();
});

test('hundreds of nodes pasted as text come with all their wires, and one step takes them back', async ({
  app,
  page,
}) => {
  await app.openTemplate('two-spirals');
  const cards = page.locator('.react-flow__node');
  const wires = page.locator('.react-flow__edge');
  const before = [await cards.count(), await wires.count()] as const;
  await page.evaluate((count) => {
    const at = (number: number): string => `n${number}`;
    const nodes = Array.from({ length: count }, (_, index) => ({
      id: at(index),
      kind: 'identity',
      params: {},
      position: { x: 200 * (index % 20), y: 120 * Math.floor(index / 20) },
    }));
    const edges = nodes.slice(1).map((_, index) => ({
      from: { node: at(index), port: 'y' },
      to: { node: at(index + 1), port: 'x' },
    }));
    const clipboardData = new DataTransfer();
    const text = JSON.stringify({ format: 'neuroloom', version: 1, name: 'many', nodes, edges });
    clipboardData.setData('text/plain', text);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, 400);
  await expect(cards).toHaveCount(before[0] + 400);
  await expect(wires).toHaveCount(before[1] + 399);
  await page.keyboard.press('Control+z');
  await expect(cards).toHaveCount(before[0]);
  await expect(wires).toHaveCount(before[1]);
});
