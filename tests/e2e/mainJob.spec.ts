import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from './pages/serveApp.ts';

const run = promisify(execFile);
const addon = resolve('.runtimes', 'tensorflow-cpu-2.21.0', 'addon', 'neuroloom.node');

test('wire, mend, train, watch, pause, change, stop, save, reload, take the model away', async ({
  app,
  page,
  served,
}) => {
  await app.openTemplate('cnn-mnist');
  await expect(page.getByRole('tab', { name: 'Problems' })).toHaveText('Problems');

  await test.step('a deleted layer is a problem, and quick fixes mend it', async () => {
    await app.selectNode('Flatten');
    await page.keyboard.press('Delete');
    await expect(app.node('Flatten')).toBeHidden();
    await app.openTab('Problems');
    const missing = page.locator('[data-problem=missing-input]');
    await expect(missing).toContainText('Dense');
    await missing.getByRole('button', { name: 'Connect MaxPool2D' }).click();
    const shape = page.locator('[data-problem=needs-flat-input]');
    await expect(shape).toContainText('B×N');
    // The sign on the wire leads to the card that says more.
    await page.getByRole('button', { name: /^On this wire: Needs a flat input/ }).click();
    await expect(page.locator('.ins')).toContainText('Needs a flat input');
    await shape.getByRole('button', { name: 'Insert Flatten' }).click();
    await expect(app.problems).toHaveCount(0);
    await expect(app.node('Flatten')).toBeVisible();
  });

  await test.step('undo goes all the way back', async () => {
    for (let edit = 0; edit < 3; edit++) await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled();
    await expect(app.problems).toHaveCount(0);
    await app.openTab('Training');
  });

  await test.step('the curves move and accuracy passes 0.9', async () => {
    await app.press('Train');
    await expect.poll(() => app.points('loss'), { timeout: 60_000 }).toBeGreaterThan(2);
    const before = await app.points('loss');
    await expect.poll(() => app.points('loss'), { timeout: 60_000 }).toBeGreaterThan(before);
    await expect.poll(() => app.figure('accuracy', 'train'), { timeout: 90_000 }).toBeGreaterThan(90);
  });

  await test.step('a paused run waits; its learning rate changes; it goes on', async () => {
    await app.press('Pause');
    await app.expectRun('paused');
    const points = await app.points('loss');
    await app.learningRate.fill('0.0005');
    await app.learningRate.press('Enter');
    await expect(app.learningRate).toHaveValue('5e-4');
    expect(await app.points('loss')).toBe(points);
    await app.press('Resume');
    await app.expectRun('training');
    await expect.poll(() => app.points('loss'), { timeout: 30_000 }).toBeGreaterThan(points);
    await app.press('Stop');
    await app.expectRun('stopped');
  });

  await test.step('test samples come with the end of the run, wrong ones first', async () => {
    await app.openTab('Evaluate');
    await expect(page.getByTestId('samples').getByRole('button').first()).toBeVisible({ timeout: 60_000 });
    await page.locator('.confusion-cell[data-kind=wrong]').first().click();
    await expect(page.getByRole('heading', { name: /True \d, predicted \d/ })).toBeVisible();
  });

  await test.step('a drawn one is read as a 1', async () => {
    await app.openTab('Playground');
    const pad = page.getByRole('img', { name: /^Drawing field/ });
    const box = await pad.boundingBox();
    if (!box) throw new Error('The drawing field is not shown.');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height * 0.15);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height * 0.85, { steps: 12 });
    await page.mouse.up();
    await expect(page.locator('[data-best=true]')).toHaveAttribute('data-answer', '1');
    await pad.focus();
    await page.keyboard.press('Delete');
    await expect(page.locator('[data-best=true]')).toHaveCount(0);
  });

  let points = 0;
  await test.step('saved and reloaded, everything is there', async () => {
    await app.saveAs('digits');
    await expect(app.messages.filter({ hasText: 'Saved' })).toBeVisible();
    const saved = JSON.parse(await readFile(join(served.filesRoot, 'digits.neuroloom.json'), 'utf8'));
    expect(saved.nodes).toHaveLength(12);
    await app.openTab('Training');
    points = await app.points('loss');
    await page.reload();
    await expect(app.node('Flatten')).toBeVisible();
    await app.openTab('Training');
    await app.expectRun('stopped');
    await expect.poll(() => app.points('loss')).toBeGreaterThan(points / 2);
    await app.openTab('Runs');
    await expect(page.locator('tr[data-run][data-state=stopped]')).toHaveCount(1);
  });

  await test.step('the exported model answers like the run', async () => {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await app.dialog.getByRole('radio', { name: /SavedModel/ }).click();
    await app.dialog.getByRole('button', { name: 'Choose…' }).click();
    await app.dialog.getByRole('textbox', { name: 'Name' }).fill('digits-model');
    await app.dialog.getByRole('button', { name: 'Choose', exact: true }).click();
    await app.dialog.getByRole('button', { name: 'Export' }).click();
    const path = await page.getByTestId('export-path').textContent();
    expect(path).toBe(join(served.filesRoot, 'digits-model'));

    const { stdout } = await run(process.execPath, [
      resolve('tests/e2e/loadSavedModel.mjs'),
      addon,
      path ?? '',
    ]);
    const exported = JSON.parse(stdout) as { image: number[]; probabilities: number[] };
    const input = join(served.filesRoot, 'stroke.json');
    await writeFile(input, JSON.stringify({ image: exported.image }));
    const runId = await page.locator('tr[data-run]').getAttribute('data-run');
    const printed = await served.command('predict', runId ?? '', '--input', input, '--json');
    const ours = (printed.match(/-?\d+(\.\d+)?(e-?\d+)?/g) ?? []).map(Number);
    for (const probability of exported.probabilities) {
      expect(ours.some((value) => Math.abs(value - probability) < 1e-5)).toBe(true);
    }
    expect(exported.probabilities.indexOf(Math.max(...exported.probabilities))).toBe(1);
  });
});
