import { CanvasArea } from './pages/CanvasArea.ts';
import { expect, test } from './pages/serveApp.ts';

test('selected cards are aligned and distributed, each as one step of undo', async ({ app, page }) => {
  const canvas = new CanvasArea(page);
  await app.openTemplate('cnn-mnist');
  const bar = page.getByRole('toolbar', { name: /selected nodes/ });
  await expect(bar).toBeHidden();
  await app.selectNode('Flatten');
  await canvas
    .card('conv2d-1')
    .locator('header')
    .click({ modifiers: ['Shift'] });
  await canvas
    .card('conv2d-2')
    .locator('header')
    .click({ modifiers: ['Shift'] });
  await expect(bar).toBeVisible();
  const flatten = await canvas.place('flatten');
  const top = (await canvas.place('conv2d-1')).y;

  await bar.getByRole('button', { name: 'Align top edges' }).click();
  await canvas.expectPlace('flatten', { x: flatten.x, y: top });
  await page.keyboard.press('Control+z');
  await canvas.expectPlace('flatten', flatten);

  await bar.getByRole('button', { name: 'Distribute across' }).click();
  const boxes = await Promise.all(
    ['flatten', 'conv2d-1', 'conv2d-2'].map((id) => canvas.card(id).boundingBox()),
  );
  const [first, second, third] = boxes.map((box) => box ?? { x: 0, width: 0 }).toSorted((a, b) => a.x - b.x);
  if (!first || !second || !third) throw new Error('Three cards are selected.');
  const gaps = [second.x - first.x - first.width, third.x - second.x - second.width];
  expect(Math.abs((gaps[0] ?? 0) - (gaps[1] ?? 0))).toBeLessThan(2);
});

test('a removed card leaves its neighbours connected, and the selection grows along the wires', async ({
  app,
  page,
}) => {
  const canvas = new CanvasArea(page);
  const selected = page.locator('.react-flow__node.selected');
  await app.openTemplate('cnn-mnist');
  await app.selectNode('Dropout');
  await page.keyboard.press('Shift+Delete');
  await expect(page.getByRole('button', { name: /^Undo: Remove 1 node and connect/ })).toBeVisible();
  await expect(canvas.wire('dense-1.y>logits.x')).toBeAttached();
  await expect(canvas.card('dropout-1')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(canvas.wire('dropout-1.y>logits.x')).toBeAttached();

  await app.selectNode('Flatten');
  await page.keyboard.press('u');
  await expect(selected).toHaveCount(6);
  await canvas.card('conv2d-1').locator('header').click();
  await page.keyboard.press('Shift+G');
  await expect(selected).toHaveCount(2);
});
