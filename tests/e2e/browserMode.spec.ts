import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';

/** What only a real browser can show: cookies, cross-site rules and the policy of the page. */
let folder: string;
let server: ChildProcess;
let address: URL;
let stranger: Server;
let strangerPort: number;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neuroloom-browser-'));
  server = spawn(process.execPath, [join('dist', 'cli', 'neuroloom.cjs'), 'serve', '--data-dir', folder]);
  address = await new Promise((resolve, reject) => {
    server.stdout?.once('data', (chunk: Buffer) => resolve(new URL(chunk.toString().trim())));
    server.once('exit', (code) => reject(new Error(`serve ended with ${code}`)));
  });
  stranger = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end(`<a href="http://${address.host}/">Neuroloom</a>`);
  });
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  strangerPort = (stranger.address() as AddressInfo).port;
});
test.afterAll(async () => {
  stranger.close();
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await ended;
  await rm(folder, { recursive: true, force: true });
});

const openSocket = (page: Page): Promise<string> =>
  page.evaluate(
    (url) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(url);
        socket.onopen = () => resolve('open');
        socket.onerror = () => resolve('refused');
      }),
    `ws://${address.host}/ws`,
  );

test('the token leaves the address, and the page works on after a reload and when opened again', async ({
  page,
}) => {
  await page.goto(address.href);
  await expect(page).toHaveURL(`http://${address.host}/`);
  await expect(page.locator('#root > *').first()).toBeVisible();
  expect(await page.evaluate(() => document.cookie)).toBe('');
  await page.reload();
  await expect(page.locator('#root > *').first()).toBeVisible();
  await page.goto(address.href);
  await expect(page).toHaveURL(`http://${address.host}/`);
  expect(await openSocket(page)).toBe('open');
});

test('nothing in the page breaks its policy, and nothing foreign runs in it', async ({ page }) => {
  const refused: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) refused.push(message.text());
  });
  await page.goto(address.href);
  await expect(page.locator('#root > *').first()).toBeVisible();
  expect(refused).toEqual([]);
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.foreign = true';
    document.head.append(script);
    return 'foreign' in globalThis;
  });
  expect(ran).toBe(false);
  await expect.poll(() => refused.length).toBe(1);
});

test('a browser without the token sees nothing', async ({ page }) => {
  const response = await page.goto(`http://${address.host}/`);
  expect(response?.status()).toBe(401);
  await expect(page.getByText('?token=…')).toBeVisible();
});

for (const host of ['localhost', '127.0.0.1']) {
  test(`a page of another ${host} origin reaches neither socket nor page`, async ({ page }) => {
    await page.goto(address.href);
    await page.goto(`http://${host}:${strangerPort}/`);
    expect(await openSocket(page)).toBe('refused');
    const fetched = await page.evaluate(
      (url) =>
        fetch(url, { credentials: 'include' }).then(
          () => 'fetched',
          () => 'refused',
        ),
      `http://${address.host}/`,
    );
    expect(fetched).toBe('refused');
  });
}

test('a click on another site still finds the open session', async ({ page }) => {
  await page.goto(address.href);
  await page.goto(`http://localhost:${strangerPort}/`);
  await page.getByRole('link').click();
  await expect(page.locator('#root > *').first()).toBeVisible();
});
