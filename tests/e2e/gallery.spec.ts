import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};
let server: Server;
let address: string;

test.beforeAll(async () => {
  server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://gallery').pathname);
    readFile(join('dist', 'gallery', path)).then(
      (body) => {
        response.setHeader('Content-Type', types[extname(path)] ?? 'application/octet-stream');
        response.end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/gallery.html`;
});
test.afterAll(() => {
  server.close();
});

for (const theme of ['Dark', 'Light'] as const) {
  test(`every part in every state, ${theme.toLowerCase()}`, async ({ page }, info) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('favicon')) errors.push(message.text());
    });
    await page.goto(address);
    await page.getByRole('button', { name: theme, exact: true }).click();
    // In the other language as well: its words are of other lengths.
    if (theme === 'Light') {
      await page.getByRole('button', { name: '中文' }).click();
      await expect(page.locator('html[lang=zh-Hans]')).toBeVisible();
    }
    await page.getByRole('button', { name: 'A wire in hand', exact: true }).click();
    const fixtures = page.locator('[data-fixture]');
    await expect(fixtures.first()).toBeVisible();
    expect(await fixtures.count()).toBeGreaterThan(35);
    const sizes = await fixtures.evaluateAll((elements) =>
      elements.map((element) => {
        const frame = element.querySelector(':scope > div');
        return {
          name: element.getAttribute('data-fixture'),
          overflow: frame ? frame.scrollWidth - frame.clientWidth : Number.NaN,
          text: frame?.textContent?.length ?? 0,
        };
      }),
    );
    for (const { name, overflow, text } of sizes) {
      expect.soft(overflow, `${name} overflows its frame`).toBeLessThanOrEqual(0);
      expect.soft(text, `${name} is empty`).toBeGreaterThan(0);
    }
    // What stands for answers of every form is checked here: few of them are ever trained in a test.
    const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
    for (const part of ['Evaluate, ', 'Playground, ', 'Data, ', 'Training, many']) {
      axe.include(`[data-fixture^="${part}"]`);
    }
    const { violations } = await axe.analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
      [],
    );
    // One picture of it all: a hundred small ones take a minute.
    const height = await page.getByRole('main').evaluate((main) => main.scrollHeight);
    await page.setViewportSize({ width: 1440, height });
    await page.screenshot({ path: info.outputPath('gallery.png'), animations: 'disabled' });
    expect(errors).toEqual([]);
  });
}

test('what lies over the window comes on request and leaves with Escape; a drawing is answered', async ({
  page,
}, info) => {
  await page.goto(`${address}#over`);
  await expect(page.locator('[data-over]').first()).toBeVisible();
  const names = await page.locator('[data-over]').allTextContents();
  expect(names.length).toBeGreaterThan(7);
  for (const name of names) {
    await page.locator(`[data-over=${name}]`).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    const overflow = await dialog.evaluate((element) => element.scrollWidth - element.clientWidth);
    expect.soft(overflow, `${name} overflows`).toBeLessThanOrEqual(0);
    await page.screenshot({ path: info.outputPath(`over-${name}.png`), animations: 'disabled' });
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  }
  const pad = page.locator('[data-fixture="Playground, drawing"]');
  const box = await pad.locator('canvas').first().boundingBox();
  if (!box) throw new Error('no drawing field');
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.25);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.7, box.y + box.height * 0.25, { steps: 6 });
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.8, { steps: 6 });
  await page.mouse.up();
  await expect(pad.locator('[data-answer="7"]')).toHaveAttribute('data-best', 'true');
});
