import { CanvasArea } from './pages/CanvasArea.ts';
import { expect, test } from './pages/serveApp.ts';

test('a card in hand takes its wires along, stays where it is put, and goes back with undo', async ({
  app,
  page,
}) => {
  const canvas = new CanvasArea(page);
  const wire = canvas.wire('flatten.y>dense-1.x');
  const undo = page.getByRole('button', { name: 'Undo' });
  await app.openTemplate('cnn-mnist');
  const before = await canvas.place('flatten');
  const path = await wire.getAttribute('d');

  const at = await canvas.pickUp('flatten');
  await page.mouse.move(at.x + 30, at.y + 60, { steps: 4 });
  await page.mouse.move(at.x + 40, at.y + 80);
  await canvas.expectPlace('flatten', { x: before.x + 40, y: before.y + 80 });
  const inHand = await wire.getAttribute('d');
  expect(inHand).not.toBe(path);
  await expect(undo).toBeDisabled();

  // Every frame from the release on: neither the card nor its wire may be seen anywhere else.
  const drop = page.evaluate(async () => {
    const tops: number[] = [];
    for (let frame = 0; frame < 20; frame++) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      tops.push(document.querySelector('[data-id=flatten]')?.getBoundingClientRect().top ?? 0);
    }
    return tops;
  });
  await page.mouse.up();
  for (const top of await drop) expect(top).toBeCloseTo(before.y + 80, 0);
  await expect(undo).toBeEnabled();

  await undo.click();
  await canvas.expectPlace('flatten', before);
  await expect(wire).toHaveAttribute('d', path ?? '');
});

test('a selection is dragged as one, with the wires inside of it', async ({ app, page }) => {
  const canvas = new CanvasArea(page);
  await app.openTemplate('cnn-mnist');
  await app.selectNode('Flatten');
  await canvas
    .card('dense-1')
    .locator('header')
    .click({ modifiers: ['Shift'] });
  const flatten = await canvas.place('flatten');
  const dense = await canvas.place('dense-1');
  const conv = await canvas.place('conv2d-1');
  const wire = canvas.wire('flatten.y>dense-1.x');
  const box = await wire.boundingBox();

  // With Space held it is the view that is dragged, and the selection stays.
  await page.keyboard.down('Space');
  const held = await canvas.pickUp('flatten');
  await page.mouse.move(held.x + 18, held.y + 10, { steps: 3 });
  await page.mouse.up();
  await page.keyboard.up('Space');
  await canvas.expectPlace('conv2d-1', { x: conv.x + 20, y: conv.y + 10 });
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled();
  await expect(page.locator('.react-flow__node.selected')).toHaveCount(2);
  await page.keyboard.press('Shift+1');
  await canvas.expectPlace('conv2d-1', conv);

  const at = await canvas.pickUp('flatten');
  await page.mouse.move(at.x + 10, at.y + 30, { steps: 3 });
  await page.mouse.move(at.x + 20, at.y + 60);
  const carried = await wire.boundingBox();
  expect((carried?.y ?? 0) - (box?.y ?? 0)).toBeCloseTo(60, 0);
  await page.mouse.up();
  await canvas.expectPlace('flatten', { x: flatten.x + 20, y: flatten.y + 60 });
  await canvas.expectPlace('dense-1', { x: dense.x + 20, y: dense.y + 60 });
  await expect(page.getByRole('button', { name: 'Undo' })).toBeEnabled();
  await page.keyboard.press('Control+z');
  await canvas.expectPlace('dense-1', dense);
});
