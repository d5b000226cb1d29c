import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
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
    // One picture of it all: a hundred small ones take a minute.
    const height = await page.getByRole('main').evaluate((main) => main.scrollHeight);
    await page.setViewportSize({ width: 1440, height });
    await page.screenshot({ path: info.outputPath('gallery.png'), animations: 'disabled' });
    expect(errors).toEqual([]);
  });
}
