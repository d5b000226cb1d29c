import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './pages/serveApp.ts';

test.beforeEach(async ({ app, page }) => {
  await app.openTemplate('mlp-mnist');
  await page.getByRole('button', { name: /^Engine: / }).click();
  await page.getByRole('button', { name: 'Engines…' }).click();
  await expect(app.dialog.getByText('TensorFlow on the processor 2.21.0')).toBeVisible();
});

test('another engine is chosen, and stays chosen after a restart', async ({ app, page, served }) => {
  const inUse = app.dialog.getByTestId('runtime-in-use');
  await expect(inUse).toHaveText(/TensorFlow 2\.21\.0/);
  await app.dialog.getByRole('radio', { name: /^JavaScript/ }).click();
  await expect(inUse).toHaveText(/TensorFlow\.js 4\.22 · CPU · JavaScript/);
  await served.crash();
  await served.startAgain();
  await page.goto(served.url);
  await expect(page.locator('[data-engine=ready]')).toContainText('JavaScript');
});

test('a pack is verified; unused ones are cleaned up; a file that is none says so', async ({
  app,
  served,
}) => {
  await app.dialog.getByRole('button', { name: 'Verify' }).click();
  await expect(app.dialog.getByText(/every file is as its manifest says/)).toBeVisible({ timeout: 60_000 });
  const axe = await new AxeBuilder({ page: app.page }).include('.dialog').analyze();
  expect(axe.violations.map(({ id }) => id)).toEqual([]);

  await writeFile(join(served.filesRoot, 'pack.tar.gz'), gzipSync('no archive'));
  await mkdir(join(served.dataDir, 'runtimes', 'tensorflow-cpu-2.9.1'), { recursive: true });
  await writeFile(join(served.dataDir, 'runtimes', 'tensorflow-cpu-2.9.1', 'library'), 'x'.repeat(5000));
  await app.dialog.getByRole('button', { name: 'Import from a file…' }).click();
  await app.dialog.getByRole('option', { name: 'pack.tar.gz' }).click();
  await app.dialog.getByRole('button', { name: 'Open' }).click();
  await expect(app.dialog.getByRole('alert')).toHaveText(/The archive is refused/);

  await app.dialog.getByRole('button', { name: /^Clean up/ }).click();
  await expect(app.dialog.getByRole('button', { name: /^Clean up/ })).toBeHidden();
  await expect(app.dialog.getByText(/unused 0\sB/)).toBeVisible();
});
