import { CanvasArea } from './pages/CanvasArea.ts';
import { expect, test } from './pages/serveApp.ts';

test('a bypassed layer hands on, a muted one is missed, both come back; a folded card shows its head', async ({
  app,
  page,
}) => {
  const canvas = new CanvasArea(page);
  const shape = canvas.card('flatten').locator('.po code');
  await app.openTemplate('cnn-mnist');
  await expect(shape).toHaveText('B×3136');
  await canvas.card('max-pool2d-2').locator('header').click();

  await page.keyboard.press('Control+b');
  await expect(canvas.card('max-pool2d-2').getByText('bypassed')).toBeVisible();
  await expect(shape).toHaveText('B×12544');
  await page.keyboard.press('Control+b');
  await expect(shape).toHaveText('B×3136');

  await page.keyboard.press('m');
  await expect(canvas.card('max-pool2d-2').getByText('muted')).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Problems' })).not.toHaveText('Problems');
  await page.keyboard.press('Control+z');
  await expect(shape).toHaveText('B×3136');
  await expect(page.getByRole('tab', { name: 'Problems' })).toHaveText('Problems');

  const tall = await canvas.card('max-pool2d-2').boundingBox();
  await page.keyboard.press('Alt+c');
  await expect
    .poll(async () => (await canvas.card('max-pool2d-2').boundingBox())?.height ?? 0)
    .toBeLessThan((tall?.height ?? 0) / 2);
  await expect(page.getByRole('button', { name: 'Redo' })).toBeEnabled();
  await page.reload();
  await expect(canvas.card('max-pool2d-2').locator('.folded')).toBeVisible();
});
