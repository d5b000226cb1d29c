import { CanvasArea } from './pages/CanvasArea.ts';
import { expect, test } from './pages/serveApp.ts';

test('a wire led through a point, cut by a stroke, cards caught by a lasso; each is taken back', async ({
  app,
  page,
}) => {
  const canvas = new CanvasArea(page);
  await app.openTemplate('cnn-mnist');
  const wire = canvas.wire('dense-1.y>dropout-1.x');
  const point = page.getByRole('button', { name: 'Point 1 of 1 of a wire' });
  const middle = async () =>
    wire.evaluate((path: SVGPathElement) => {
      const at = path
        .getPointAtLength(path.getTotalLength() / 2)
        .matrixTransform(path.getScreenCTM() ?? undefined);
      return { x: at.x, y: at.y };
    });

  const before = await middle();
  await page.mouse.dblclick(before.x, before.y);
  await expect(point).toBeVisible();
  await point.focus();
  for (let press = 0; press < 6; press++) await page.keyboard.press('ArrowDown');
  await expect.poll(async () => (await middle()).y - before.y).toBeGreaterThan(20);
  await page.keyboard.press('Delete');
  await expect(point).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(point).toBeVisible();

  // The stroke crosses the wire where it is led now.
  const at = await middle();
  await page.keyboard.down('Control');
  await page.mouse.move(at.x + 2, at.y - 40);
  await page.mouse.down({ button: 'right' });
  await page.mouse.move(at.x + 2, at.y + 40, { steps: 4 });
  await expect(page.getByRole('status').filter({ hasText: 'Cuts 1 wire' })).toBeVisible();
  await page.mouse.up({ button: 'right' });
  await page.keyboard.up('Control');
  await expect(wire).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(wire).toBeAttached();

  const flatten = await canvas.card('flatten').boundingBox();
  if (!flatten) throw new Error('Flatten is not on the canvas.');
  const { x, y, width, height } = flatten;
  await page.keyboard.press('l');
  await page.mouse.move(x - 10, y - 10);
  await page.mouse.down();
  for (const [dx, dy] of [
    [width + 10, -10],
    [width + 10, height + 10],
    [-10, height + 10],
  ] as const) {
    await page.mouse.move(x + dx, y + dy, { steps: 3 });
  }
  await page.mouse.up();
  await expect(page.locator('.react-flow__node.selected')).toHaveCount(1);
  await expect(canvas.card('flatten')).toHaveClass(/selected/);

  // The right button offers what can be done with what lies under the pointer, which becomes the selection.
  const menu = page.getByRole('menu', { name: 'What can be done here' });
  await app.node('Dropout').locator('header').click({ button: 'right' });
  await menu.getByRole('menuitem', { name: 'Bypass' }).click();
  await expect(canvas.card('dropout-1')).toHaveClass(/selected/);
  await expect(page.getByRole('button', { name: 'Undo: Bypass 1 node' })).toBeVisible();
  await page.mouse.click(x + width / 2, y + height + 60, { button: 'right' });
  await expect(menu.getByRole('menuitem', { name: 'Bypass' })).toHaveCount(0);
  await menu.getByRole('menuitem', { name: 'Add a node here' }).click();
  await canvas.choose('sigmoid');
  await expect(canvas.card('activation-1')).toBeVisible();
});

test('a note in Markdown, and a node from the library that is wired to the selected one', async ({
  app,
  page,
}) => {
  const canvas = new CanvasArea(page);
  await app.openTemplate('cnn-mnist');
  await page.getByRole('button', { name: 'Write a note here' }).click();
  await page.getByRole('textbox', { name: 'Text of the note' }).fill('# Plan\n- **wider**\n<b>no HTML</b>');
  await page.keyboard.press('Escape');
  const note = page.getByRole('region', { name: /^Note: Plan/ });
  await expect(note.getByRole('heading', { name: 'Plan' })).toBeVisible();
  await expect(note.getByText('<b>no HTML</b>')).toBeVisible();
  await note.getByRole('button', { name: /^Move the note/ }).focus();
  const left = (await note.boundingBox())?.x ?? 0;
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => ((await note.boundingBox())?.x ?? 0) - left).toBeGreaterThan(5);
  await note.getByRole('button', { name: /^Remove the note/ }).click();
  await expect(note).toHaveCount(0);

  await app.selectNode('Flatten');
  await page.getByRole('button', { name: /^Add BatchNorm:/ }).click();
  await expect(canvas.wire('flatten.y>batch-normalization-1.x')).toBeAttached();
});

test('the heat map names what costs most, and the selection is tidied alone', async ({ app, page }) => {
  const canvas = new CanvasArea(page);
  await app.openTemplate('cnn-mnist');
  await page.getByRole('button', { name: 'Heat', exact: true }).click();
  await page.getByRole('menuitemradio', { name: 'FLOPs' }).click();
  await expect(canvas.card('conv2d-2').locator('.badge')).toHaveText('7.24\u202fM');
  await page.getByRole('button', { name: 'What this graph costs' }).click();
  await expect(page.getByText('Memory to train with batch 64')).toBeVisible();
  await page.keyboard.press('Escape');

  const rest = await canvas.place('conv2d-1');
  const dense = await canvas.place('dense-1');
  await app.selectNode('Flatten');
  for (const id of ['dense-1', 'dropout-1']) {
    await canvas
      .card(id)
      .locator('header')
      .click({ modifiers: ['Shift'] });
  }
  await page.keyboard.press('Alt+Shift+T');
  await expect(page.getByRole('button', { name: 'Undo: Arrange 3 nodes' })).toBeVisible();
  await canvas.expectPlace('conv2d-1', rest);
  await page.keyboard.press('Control+z');
  await canvas.expectPlace('dense-1', dense);
});
