import { expect, test } from './pages/serveApp.ts';

test('graphs in tabs: each with its history, selection, view and run; and again at the next start', async ({
  app,
  page,
  context,
  served,
}) => {
  await app.openTemplate('two-spirals');
  await app.press('Step');
  await app.expectRun('paused');
  await app.goToStart();
  await app.openTemplate('mlp-mnist');
  const transport = page.locator('.transport');
  const spirals = app.tabs.filter({ hasText: 'Two spirals' });
  const digits = app.tabs.filter({ hasText: 'MLP on MNIST' });

  await test.step('the run stays with the graph it was started from', async () => {
    await expect(transport.getByRole('button', { name: 'Stop' })).toBeDisabled();
    await expect(spirals.getByRole('img', { name: 'Paused' })).toBeVisible();
  });

  await test.step('edits, selection and undo stay with their graph', async () => {
    await app.selectNode('Flatten');
    await page.keyboard.press('Control+c');
    await page.keyboard.press('Delete');
    await expect(digits.getByLabel('unsaved changes')).toBeVisible();
    await page.keyboard.press('Control+Tab');
    await expect(page.getByRole('button', { name: 'Document' })).toContainText('Two spirals');
    await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeDisabled();
    await page.keyboard.press('Control+v');
    await expect(app.node('Flatten')).toBeVisible();
    await page.keyboard.press('Control+Shift+Tab');
    await expect(app.node('Flatten')).toHaveCount(0);
    await page.keyboard.press('Control+z');
    await expect(app.node('Flatten')).toBeVisible();
    await expect(digits.getByLabel('unsaved changes')).toHaveCount(0);
  });

  await test.step('reordered with the mouse', async () => {
    await expect(app.tabs).toHaveText(['Two spirals', 'MLP on MNIST']);
    await digits.hover();
    await page.mouse.down();
    const left = await spirals.boundingBox();
    await page.mouse.move((left?.x ?? 0) + 60, left?.y ?? 0, { steps: 4 });
    await page.mouse.move((left?.x ?? 0) + 8, left?.y ?? 0, { steps: 4 });
    await page.mouse.up();
    await expect(app.tabs).toHaveText(['MLP on MNIST', 'Two spirals']);
  });

  await test.step('both again after a reload, and at the next start', async () => {
    // A node is in the clipboard, which Linux pastes with the middle button.
    await digits.click({ button: 'middle' });
    await expect(app.tabs).toHaveCount(0);
    await expect(page.locator('.react-flow__node').filter({ hasText: 'Flatten' })).toHaveCount(1);
    await app.press('Stop');
    await app.expectRun('stopped');
    await app.saveAs('spirals');
    await app.documentMenu('New');
    await page.getByRole('button', { name: 'Add a data set' }).click();
    await app.saveAs('digits');
    await expect(app.tabs).toHaveText(['Two spirals', 'Untitled']);
    // Those of what was not saved yet are gone.
    await expect.poll(() => served.recoveryCopies()).toHaveLength(0);
    await page.reload();
    await expect(app.tabs).toHaveText(['Two spirals', 'Untitled']);
    await app.selectNode('MNIST');
    await page.keyboard.press('Delete');
    await expect.poll(() => served.recoveryCopies()).toHaveLength(1);
    await page.close();

    const next = await context.newPage();
    await next.goto(served.url);
    const tabs = next.getByRole('navigation', { name: 'Open graphs' }).getByRole('listitem');
    await expect(tabs).toHaveText(['Two spirals', 'Untitled']);
    // What was not saved is there as well.
    await expect(tabs.nth(1).getByLabel('unsaved changes')).toBeVisible();
    await expect(next.getByText('Drag a node here')).toBeVisible();
    await tabs.nth(0).click();
    await expect(next.locator('[data-run-state=stopped]')).toBeVisible();
  });
});
