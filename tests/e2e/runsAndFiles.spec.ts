import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './pages/serveApp.ts';

/** One dense layer on 5,000 images: trained in a second. */
const quick = JSON.stringify({
  format: 'neuroloom',
  version: 1,
  name: 'quick',
  training: { epochs: 1, batchSize: 256, seed: 1 },
  nodes: [
    ['mnist', 'mnist', { validation: 55_000 }],
    ['flatten', 'flatten', {}],
    ['logits', 'dense', { units: 10 }],
    ['loss', 'softmax-cross-entropy', {}],
    ['accuracy', 'accuracy', {}],
    ['sgd', 'sgd', {}],
  ].map(([id, kind, params], at) => ({ id, kind, params, position: { x: at * 220, y: at === 4 ? 200 : 0 } })),
  edges: [
    'mnist.image flatten.x',
    'flatten.y logits.x',
    'logits.y loss.logits',
    'mnist.label loss.labels',
    'loss.loss sgd.loss',
    'logits.y accuracy.prediction',
    'mnist.label accuracy.labels',
  ].map((wire) => {
    const [from, to] = wire.split(' ').map((end) => {
      const [node, port] = end.split('.');
      return { node, port };
    });
    return { from, to };
  }),
});

test('a run of another graph is shown with its own rates, evaluated, opened, exported, deleted', async ({
  app,
  page,
  served,
}) => {
  await writeFile(join(served.filesRoot, 'quick.neuroloom.json'), quick);
  await page.keyboard.press('Control+o');
  await expect(app.dialog.getByRole('option', { name: 'quick' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(app.dialog.getByRole('option', { name: 'quick' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await app.press('Train');
  await app.expectRun('finished');

  await test.step('shown beside another graph', async () => {
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await app.openTemplate('mlp-mnist');
    await app.openTab('Runs');
    const row = page.locator('tr[data-run]');
    await expect(row.locator('[data-split=test]')).toHaveText('test');
    await page.getByRole('button', { name: 'Show the curves of quick' }).click();
    await app.expectRun('finished');
    await expect(page.getByTestId('run-line')).toHaveText(/quick · 100/);
    await expect(app.learningRate).toBeDisabled();
    await expect.poll(() => app.points('loss')).toBeGreaterThan(1);
  });

  await test.step('measured on each split', async () => {
    await app.openTab('Evaluate');
    for (const [split, count] of [
      ['train', /^5\s000 images/],
      ['test', /^10\s000 images/],
    ] as const) {
      await page.getByRole('radio', { name: split, exact: true }).click();
      await expect(page.getByText(count)).toBeVisible({ timeout: 30_000 });
    }
  });

  await test.step('exported twice, asking before the first is replaced', async () => {
    for (const again of [false, true]) {
      await page.getByRole('button', { name: 'Export', exact: true }).click();
      await app.dialog.getByRole('radio', { name: /safetensors/ }).click();
      await app.dialog.getByRole('button', { name: 'Choose…' }).click();
      await expect(app.dialog.getByRole('option', { name: 'quick.safetensors' })).toHaveCount(again ? 1 : 0);
      await expect(app.dialog.getByTestId('folder')).toHaveText(served.filesRoot);
      await app.dialog.getByRole('button', { name: 'Choose', exact: true }).click();
      if (again) await app.dialog.getByRole('button', { name: 'Replace' }).click();
      await app.dialog.getByRole('button', { name: 'Export' }).click();
      await expect(page.getByTestId('export-path')).toHaveText(join(served.filesRoot, 'quick.safetensors'));
      await page.keyboard.press('Escape');
    }
    // 784 × 10 weights and 10 biases of 4 bytes, and a header.
    expect((await stat(join(served.filesRoot, 'quick.safetensors'))).size).toBeGreaterThan(31_400);
  });

  await test.step('its graph opened beside the one in sight', async () => {
    await app.openTab('Runs');
    await page.getByRole('button', { name: 'Open the graph of quick as it was' }).click();
    await expect(page.getByRole('button', { name: 'Document' })).toContainText('quick');
    await expect(app.tabs).toHaveText(['quickquick.neuroloom.json', 'MLP on MNIST', 'quick']);
  });

  await test.step('saved over another file only when asked', async () => {
    await writeFile(join(served.filesRoot, 'kept.neuroloom.json'), 'kept');
    await page.keyboard.press('Control+Shift+s');
    await expect(app.dialog.getByRole('option', { name: 'kept' })).toBeVisible();
    await app.dialog.getByRole('textbox', { name: 'Name' }).fill('kept');
    await app.dialog.getByRole('button', { name: 'Save' }).click();
    await app.dialog.getByRole('button', { name: 'Choose another name' }).click();
    expect(await readFile(join(served.filesRoot, 'kept.neuroloom.json'), 'utf8')).toBe('kept');
    await page.keyboard.press('Escape');
    await expect(app.dialog).toBeHidden();
  });

  await test.step('deleted when confirmed', async () => {
    await app.openTab('Runs');
    await page.getByRole('button', { name: 'Delete quick' }).click();
    await app.dialog.getByRole('button', { name: 'Delete' }).click();
    await expect(page.locator('tr[data-run]')).toHaveCount(0);
    expect(await readdir(join(served.dataDir, 'runs'))).toEqual([]);
  });
});
