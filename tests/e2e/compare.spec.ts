import { CanvasArea } from './pages/CanvasArea.ts';
import { expect, test } from './pages/serveApp.ts';

test('what became of a graph is marked on the canvas and listed, and the keyboard steps through it', async ({
  app,
  page,
}) => {
  const canvas = new CanvasArea(page);
  await app.openTemplate('cnn-mnist');
  await app.node('Conv2D').first().locator('header').click();
  const filters = page.getByRole('textbox', { name: 'Filters', exact: true });
  const before = await filters.inputValue();
  await filters.fill('7');
  await filters.press('Enter');
  const pool = app.node('MaxPool2D').first();
  await pool.locator('header').click();
  const removed = await pool.locator('xpath=ancestor::*[@data-id]').getAttribute('data-id');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('compare with another');
  await page.keyboard.press('Enter');
  await expect(app.dialog).toBeVisible();
  await page.keyboard.type('as it was opened');
  await page.keyboard.press('Enter');

  const rows = page.getByRole('listbox', { name: 'Differences' }).getByRole('option');
  // The layer, the pooling, and the two wires that it had.
  await expect(rows).toHaveCount(4);
  await expect(rows.nth(0)).toContainText(`Filters ${before} → 7`);
  const changed = page.locator('.node.cmp.is-changed');
  await expect(changed).toContainText(`Filters ${before} → 7`);
  await expect(changed.getByRole('img', { name: 'changed' })).toBeVisible();
  const ghost = page.getByRole('button', { name: /^Removed: / });
  await expect(ghost).toHaveAttribute('data-ghost', removed ?? '');
  await expect(page.locator('[data-ghost-wire]')).toHaveCount(2);

  await page.keyboard.press('F7');
  await expect(page.locator('.react-flow__node.selected .node.cmp')).toBeVisible();
  await page.keyboard.press('F7');
  await expect(ghost).toHaveAttribute('data-at', 'true');
  await page.keyboard.press('Shift+F7');
  await expect(ghost).toHaveAttribute('data-at', 'false');

  // Live: undoing it all leaves nothing that differs.
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(page.getByText('Nothing differs.')).toBeVisible();
  await expect(ghost).toHaveCount(0);
  await expect(canvas.card(removed ?? '')).toBeVisible();
});

test('a file and a block: what differs inside is found, and the way leads there', async ({ app, page }) => {
  await app.openTemplate('gpt-text');
  await app.saveAs('gpt');
  await expect(app.messages).toContainText('Saved');
  await app.node('Transformer layers').first().locator('header').dblclick();
  await app.node('Widen').locator('header').click();
  const units = page.getByRole('textbox', { name: 'Units', exact: true });
  await units.fill('99');
  await units.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('compare with the saved');
  await page.keyboard.press('Enter');
  await expect(page.locator('.node.cmp.is-changed')).toContainText('something in it differs');
  const row = page.getByRole('listbox', { name: 'Differences' }).getByRole('option');
  await expect(row).toContainText('→ 99');
  await page.keyboard.press('F7');
  await expect(page.locator('.react-flow__node.selected .node.cmp')).toContainText('→ 99');
});
