import { CanvasArea } from './pages/CanvasArea.ts';
import { expect, test } from './pages/serveApp.ts';

test('a wire let go over nothing asks what to add, offers what fits, and connects it', async ({
  app,
  page,
}) => {
  const canvas = new CanvasArea(page);
  await app.openTemplate('cnn-mnist');
  const from = await canvas.port('dense-1', 'y');
  const to = await canvas.emptyPlace();
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x - 20, to.y, { steps: 5 });
  await page.mouse.move(to.x, to.y);
  await page.mouse.up();
  await expect(page.getByRole('option', { name: /^Dropout/ })).toBeVisible();
  await expect(page.getByRole('option', { name: /^MNIST/ })).toHaveCount(0);
  await expect(page.getByRole('option', { name: /^Adam/ })).toHaveCount(0);
  await canvas.choose('dropout');
  await expect(canvas.wire('dense-1.y>dropout-2.x')).toBeAttached();
  await page.keyboard.press('Control+z');
  await expect(canvas.card('dropout-2')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled();
});

test('a wire let go over a card goes to what it fits, over a wire it asks; Escape gives up what is in hand', async ({
  app,
  page,
}) => {
  const canvas = new CanvasArea(page);
  const search = page.getByRole('combobox', { name: 'Search nodes that fit this wire' });
  const undo = page.getByRole('button', { name: /^Undo/ });
  await app.openTemplate('cnn-mnist');
  const drawTo = async (port: readonly [string, string], { x, y }: { x: number; y: number }) => {
    const from = await canvas.port(...port);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(x - 10, y, { steps: 4 });
    await page.mouse.move(x, y);
  };
  const middle = async (id: string) => {
    const box = await canvas.card(id).locator('header').boundingBox();
    if (!box) throw new Error(`${id} has no header.`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const empty = await canvas.emptyPlace();

  await test.step('Escape, with a wire in hand and with a card', async () => {
    await drawTo(['flatten', 'y'], empty);
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await expect(page.locator('.react-flow__connection')).toHaveCount(0);
    await expect(search).toHaveCount(0);
    const before = await canvas.place('flatten');
    const at = await canvas.pickUp('flatten');
    await page.mouse.move(at.x + 10, at.y + 60, { steps: 4 });
    await page.keyboard.press('Escape');
    await canvas.expectPlace('flatten', before);
    await page.mouse.move(at.x + 20, at.y + 80, { steps: 2 });
    await page.mouse.up();
    await canvas.expectPlace('flatten', before);
    await expect(undo).toBeDisabled();
  });

  await test.step('over a card', async () => {
    await drawTo(['flatten', 'y'], await middle('logits'));
    await page.mouse.up();
    await expect(canvas.wire('flatten.y>logits.x')).toBeAttached();
    await page.keyboard.press('Control+z');
    await drawTo(['loss', 'loss'], await middle('logits'));
    await page.mouse.up();
    await expect(app.messages).toContainText('A loss does not fit');
    await expect(undo).toBeDisabled();
  });

  await test.step('over a wire', async () => {
    const line = await canvas.wire('max-pool2d-2.y>flatten.x').evaluate((path: SVGPathElement) => {
      const { x, y } = path
        .getPointAtLength(path.getTotalLength() * 0.4)
        .matrixTransform(path.getScreenCTM() ?? undefined);
      return { x, y };
    });
    await drawTo(['conv2d-2', 'y'], line);
    await page.mouse.up();
    await expect(search).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(search).toHaveCount(0);
  });

  await test.step('over a card the search adds beside what is selected, and wires it', async () => {
    const at = await middle('flatten');
    await page.mouse.click(at.x, at.y);
    await page.keyboard.press('Shift+A');
    await canvas.choose('dropout');
    await expect(canvas.wire('flatten.y>dropout-2.x')).toBeAttached();
  });
});

test('a wire is drawn by two clicks, at its beginning and at its end', async ({ app, page }) => {
  const canvas = new CanvasArea(page);
  await app.openTemplate('cnn-mnist');
  for (const [node, port] of [
    ['dense-1', 'y'],
    ['accuracy', 'weights'],
  ] as const) {
    const at = await canvas.port(node, port);
    await page.mouse.click(at.x, at.y);
  }
  await expect(canvas.wire('dense-1.y>accuracy.weights')).toBeAttached();
});

test('a card dropped on a wire goes into it, what follows makes room, Alt only moves it', async ({
  app,
  page,
}) => {
  const canvas = new CanvasArea(page);
  await app.openTemplate('cnn-mnist');
  const empty = await canvas.emptyPlace();
  await page.mouse.dblclick(empty.x, empty.y);
  await canvas.choose('dropout');
  await expect(canvas.card('dropout-2')).toBeVisible();
  const wire = canvas.wire('flatten.y>dense-1.x');
  const before = await canvas.place('dense-1');
  const dragOntoWire = async (): Promise<void> => {
    const at = await canvas.pickUp('dropout-2');
    const card = await canvas.card('dropout-2').boundingBox();
    const line = await wire.boundingBox();
    if (!line || !card) throw new Error('No wire to drop on.');
    const x = line.x + line.width / 2 - (card.x + card.width / 2 - at.x);
    const y = line.y + line.height / 2 - (card.y + card.height / 2 - at.y);
    await page.mouse.move(x - 4, y, { steps: 6 });
    await page.mouse.move(x, y);
  };

  await dragOntoWire();
  await expect(page.locator('.receiving path.wire')).toHaveCount(1);
  await page.mouse.up();
  await expect(canvas.wire('flatten.y>dropout-2.x')).toBeAttached();
  await expect(canvas.wire('dropout-2.y>dense-1.x')).toBeAttached();
  await expect(wire).toHaveCount(0);
  await expect.poll(async () => (await canvas.place('dense-1')).x - before.x).toBeGreaterThan(60);

  await page.keyboard.press('Control+z');
  await expect(wire).toBeAttached();
  await canvas.expectPlace('dense-1', before);

  await page.keyboard.down('Alt');
  await dragOntoWire();
  await page.mouse.up();
  await page.keyboard.up('Alt');
  await expect(canvas.wire('flatten.y>dropout-2.x')).toHaveCount(0);
  await expect(wire).toBeAttached();
});

test('a card in hand lines up with others and shows by what', async ({ app, page }) => {
  const canvas = new CanvasArea(page);
  await app.openTemplate('cnn-mnist');
  const neighbour = await canvas.card('dense-1').boundingBox();
  const flatten = await canvas.card('flatten').boundingBox();
  if (!neighbour || !flatten) throw new Error('Two cards of the template are missing.');
  const at = await canvas.pickUp('flatten');
  const toBottom = neighbour.y + neighbour.height - (flatten.y + flatten.height);
  await page.mouse.move(at.x, at.y + toBottom + 20, { steps: 3 });
  await page.mouse.move(at.x, at.y + toBottom + 2);
  await expect(page.locator('.cv-guides path')).not.toHaveCount(0);
  const aligned = await canvas.card('flatten').boundingBox();
  expect((aligned?.y ?? 0) + (aligned?.height ?? 0)).toBeCloseTo(neighbour.y + neighbour.height, 0);
  await page.mouse.up();
  await expect(page.locator('.cv-guides')).toHaveCount(0);
});
