import { CanvasArea } from './pages/CanvasArea.ts';
import { expect, test } from './pages/serveApp.ts';

test('a block is made of a selection, opened, edited, left, repeated and trained', async ({ app, page }) => {
  const canvas = new CanvasArea(page);
  await app.openTemplate('mlp-mnist');
  await canvas.card('dense-1').locator('header').click();
  await canvas
    .card('dropout-1')
    .locator('header')
    .click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+Shift+e');
  const block = canvas.card('dense-dropout-1');
  await expect(block).toBeVisible();
  await expect(canvas.card('dense-1')).toHaveCount(0);
  await expect(canvas.wire('flatten.y>dense-dropout-1.x')).toBeAttached();

  await block.locator('header').dblclick();
  await expect(canvas.card('$inputs')).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Open block' })).toContainText('Dense + Dropout');
  await canvas.card('dense-1').locator('header').click();
  const units = page.getByRole('textbox', { name: 'Units', exact: true });
  await units.fill('784');
  await expect(canvas.card('$outputs')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.locator('.crumbs').getByRole('button', { name: 'Main' }).click();

  await expect(block).toContainText('B×784');
  await block.locator('header').click();
  await page.getByRole('textbox', { name: 'Repeat', exact: true }).fill('3');
  await expect(block).toContainText('3 in a row');
  await app.press('Step');
  await app.expectRun('paused');
  await expect.poll(() => app.step()).toBe(1);
  await app.press('Stop');
});
