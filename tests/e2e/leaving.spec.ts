import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './pages/serveApp.ts';

test('the start screen opens recent graphs, and forgets those that are gone', async ({
  app,
  page,
  served,
}) => {
  await app.openTemplate('mlp-mnist');
  await app.saveAs('first');
  await expect(app.messages).toContainText('Saved');
  await app.selectNode('Flatten');
  await page.keyboard.press('Delete');
  await app.saveAs('second', { as: true });
  await expect(page.getByRole('button', { name: 'Document' })).not.toContainText('unsaved');
  await app.goToStart();

  const first = page.locator('[data-recent$="first.neuroloom.json"]');
  const second = page.locator('[data-recent$="second.neuroloom.json"]');
  await expect(first).toHaveAttribute('data-exists', 'true');
  await first.getByRole('button', { name: /^first/ }).click();
  await expect(app.node('Flatten')).toBeVisible();

  await app.goToStart();
  await rename(join(served.filesRoot, 'second.neuroloom.json'), join(served.filesRoot, 'elsewhere.json'));
  await expect(second).toHaveAttribute('data-exists', 'false');
  await expect(second.getByRole('button', { name: /^second/ })).toBeDisabled();
  await expect(second).toContainText('not found');
  await page.getByRole('button', { name: /Remove “second.*” from the list/ }).click();
  await expect(second).toHaveCount(0);
  await expect(first).toBeVisible();
});

test('closing with unsaved edits asks: cancel stays, save saves, discarding lets go', async ({
  app,
  page,
}) => {
  await app.openTemplate('mlp-mnist');
  await app.selectNode('Flatten');
  await page.keyboard.press('Delete');
  const name = page.getByRole('button', { name: 'Document' });

  await app.documentMenu('Close');
  await app.dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(name).toContainText('MLP on MNIST');

  await app.documentMenu('Close');
  await page.keyboard.press('Escape');
  await expect(app.dialog).toBeHidden();
  await expect(name).toContainText('MLP on MNIST');

  // Beside it: closing asks for the one that is closed.
  await app.documentMenu('New');
  await expect(page.getByText('Drag a node here')).toBeVisible();
  await app.tabs.filter({ hasText: 'MLP on MNIST' }).click({ button: 'middle' });
  await app.dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await app.dialog.getByRole('textbox', { name: 'Name' }).fill('kept');
  await app.dialog.getByRole('button', { name: 'Save' }).click();
  await expect(app.tabs).toHaveCount(0);
  await expect(name).toContainText('Untitled');

  // The untouched new graph makes room.
  await app.openFile('kept');
  await expect(app.tabs).toHaveCount(0);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Control+w');
  await app.dialog.getByRole('button', { name: 'Don’t save' }).click();
  await expect(page.getByRole('heading', { name: 'Recent graphs' })).toBeVisible();
});

test('closing the page over unsaved edits asks; without edits it does not', async ({ app, page }) => {
  const asked: string[] = [];
  let answer: 'accept' | 'dismiss' = 'dismiss';
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog[answer]();
  });
  await app.openTemplate('mlp-mnist');
  await page.reload();
  await expect(app.node('Flatten')).toBeVisible();
  expect(asked).toEqual([]);

  await app.selectNode('Flatten');
  await page.keyboard.press('Delete');
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => asked).toEqual(['beforeunload']);
  await expect(app.node('Flatten')).toHaveCount(0);
  expect(page.isClosed()).toBe(false);

  answer = 'accept';
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => page.isClosed()).toBe(true);
});

test('work that a crash interrupted is offered on the start screen, and restored or let go', async ({
  app,
  page,
  served,
  context,
}) => {
  await app.openTemplate('mlp-mnist');
  await app.saveAs('mine');
  await app.selectNode('Flatten');
  await page.keyboard.press('Delete');
  await expect.poll(() => served.recoveryCopies()).toHaveLength(1);
  await page.close();
  await served.crash();
  await served.startAgain();

  const next = await context.newPage();
  await next.goto(served.url);
  const offered = next.getByRole('region', { name: 'Unsaved work was found.' });
  await expect(offered).toContainText('MLP on MNIST');
  await next.getByRole('button', { name: 'Restore MLP on MNIST' }).click();
  await expect(next.getByRole('article', { name: 'Dense', exact: true }).first()).toBeVisible();
  await expect(next.getByRole('article', { name: 'Flatten' })).toHaveCount(0);
  await expect(next.getByRole('button', { name: 'Document' }).getByLabel('unsaved changes')).toBeVisible();
  await next.keyboard.press('Control+s');
  await expect(next.locator('.toast')).toContainText('Saved “mine.neuroloom.json”');
  await expect.poll(() => served.recoveryCopies()).toHaveLength(0);
});

test('a copy that is not wanted can be discarded', async ({ app, page, served, context }) => {
  await app.openTemplate('mlp-mnist');
  await app.selectNode('Flatten');
  await page.keyboard.press('Delete');
  await expect.poll(() => served.recoveryCopies()).toHaveLength(1);
  await page.close();
  await served.crash();
  await served.startAgain();
  const next = await context.newPage();
  await next.goto(served.url);
  await next.getByRole('button', { name: 'Discard the copy of MLP on MNIST' }).click();
  await expect(next.getByRole('region', { name: 'Unsaved work was found.' })).toHaveCount(0);
  expect(await served.recoveryCopies()).toEqual([]);
});

test('Escape closes every dialog at once, and gives the focus back', async ({ app, page }) => {
  await app.openTemplate('mlp-mnist');
  await app.press('Step');
  await app.expectRun('paused');
  await app.press('Stop');
  await app.expectRun('stopped');
  const exportButton = page.getByRole('button', { name: 'Export', exact: true });
  for (const open of [
    () => exportButton.click(),
    async () => {
      await exportButton.focus();
      await page.keyboard.press('Enter');
    },
  ]) {
    await open();
    await expect(app.dialog).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(app.dialog).toBeHidden();
    await expect(exportButton).toBeFocused();
  }
  await exportButton.click();
  await app.dialog.getByRole('button', { name: 'Choose…' }).click();
  await expect(app.dialog.getByTestId('folder')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(app.dialog.getByTestId('destination')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(app.dialog).toBeHidden();
  await page.keyboard.press('Control+o');
  await expect(app.dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(app.dialog).toBeHidden();
});
