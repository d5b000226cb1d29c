import { CanvasArea } from './pages/CanvasArea.ts';
import { expect, test } from './pages/serveApp.ts';

test('a frame around the selection: titled, coloured, moved with its cards, taken away', async ({
  app,
  page,
}) => {
  const canvas = new CanvasArea(page);
  await app.openTemplate('cnn-mnist');
  await app.selectNode('Flatten');
  await canvas
    .card('dense-1')
    .locator('header')
    .click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+g');
  await page.keyboard.type('Head');
  await page.keyboard.press('Enter');
  const frame = page.getByRole('region', { name: 'Frame Head' });
  await expect(frame).toBeVisible();
  const place = await frame.boundingBox();
  const flatten = await canvas.place('flatten');
  const dense = await canvas.place('dense-1');
  if (!place) throw new Error('The frame is not shown.');
  expect(place.x).toBeLessThan(flatten.x);
  expect(place.y).toBeLessThan(flatten.y);

  await frame.hover({ position: { x: 20, y: 10 } });
  await frame.getByRole('button', { name: /^Colour: grey/ }).click();
  await expect(frame.getByRole('button', { name: /^Colour: teal/ })).toBeAttached();

  const grip = await frame.getByRole('button', { name: /^Move the frame/ }).boundingBox();
  if (!grip) throw new Error('The frame has no grip.');
  await page.mouse.move(grip.x + 8, grip.y + 8);
  await page.mouse.down();
  await page.mouse.move(grip.x + 30, grip.y + 40, { steps: 4 });
  await page.mouse.move(grip.x + 38, grip.y + 48);
  await canvas.expectPlace('flatten', { x: flatten.x + 30, y: flatten.y + 40 });
  await page.mouse.up();
  await canvas.expectPlace('flatten', { x: flatten.x + 30, y: flatten.y + 40 });
  await canvas.expectPlace('dense-1', { x: dense.x + 30, y: dense.y + 40 });
  await page.getByRole('button', { name: 'Undo' }).click();
  await canvas.expectPlace('dense-1', dense);
  await expect.poll(async () => Math.abs(((await frame.boundingBox())?.x ?? 0) - place.x)).toBeLessThan(1);

  await frame.getByRole('button', { name: /^Move the frame/ }).focus();
  await page.keyboard.press('ArrowDown');
  await expect.poll(async () => (await canvas.place('dense-1')).y - dense.y).toBeGreaterThan(5);

  await frame.getByRole('button', { name: /^Remove the frame/ }).focus();
  await page.keyboard.press('Enter');
  await expect(frame).toHaveCount(0);
  await expect(canvas.card('flatten')).toBeVisible();
});
