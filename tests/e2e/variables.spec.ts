import { CanvasArea } from './pages/CanvasArea.ts';
import { expect, test } from './pages/serveApp.ts';

test('a number field takes expressions of variables, shows what they come to and where they are wrong', async ({
  app,
  page,
}) => {
  await app.openTemplate('cnn-mnist');
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  const canvas = new CanvasArea(page);
  const dense = canvas.card('dense-1');
  await dense.locator('header').click();
  const units = inspector.getByRole('textbox', { name: 'Units' });

  // A name that is no variable yet: the field says so and offers to add it, with the value that was there.
  await units.fill('width');
  await expect(inspector.getByText('There is no variable “width”.')).toBeVisible();
  await inspector.getByRole('button', { name: 'Add the variable width' }).click();
  await units.press('Enter');
  await expect(units).toHaveValue('=width');
  await expect(inspector.locator('.inp-result')).toHaveText('= 128');

  await units.fill('4*wi');
  await page.getByRole('option', { name: 'width' }).hover();
  await units.press('Tab');
  await expect(units).toHaveValue('4*width');
  await expect(dense).toContainText('512 units');
  await units.fill('width/3');
  await expect(inspector.getByText('This gives 42.6667, but a whole number is needed.')).toBeVisible();
  await units.fill('2 * (width');
  await expect(inspector.locator('.f-why')).toContainText('ends too early');
  await units.blur();
  await expect(dense).toContainText('which is not right at character');
  // An operator works on what is there.
  await units.fill('width');
  await units.press('Enter');
  await units.fill('*3');
  await units.press('Enter');
  await expect(units).toHaveValue('=(width)*3');
  await expect(dense).toContainText('384 units');
  await page.getByRole('button', { name: /^Undo: Change units/ }).click();
  await units.fill('=2*width');
  await units.press('Enter');
  await expect(dense).toContainText('256 units');

  const empty = await canvas.emptyPlace();
  await page.mouse.click(empty.x, empty.y);
  await inspector.getByRole('tab', { name: 'Variables' }).click();
  await inspector.getByRole('textbox', { name: 'Value of width' }).fill('100');
  await expect(dense).toContainText('200 units');
  const name = inspector.getByRole('textbox', { name: 'Name of width' });
  await name.fill('hidden');
  await name.press('Tab');
  await inspector.getByRole('textbox', { name: 'Description of hidden' }).fill('Width of the head');
  await inspector.getByRole('button', { name: 'Add a variable' }).click();
  await expect(inspector.getByRole('textbox', { name: 'Name of size' })).toBeFocused();
  await page.keyboard.type('half');
  await page.keyboard.press('Tab');
  await page.keyboard.type('hidden/2');
  await page.keyboard.press('Enter');
  await inspector.getByRole('button', { name: '2 uses' }).click();
  await inspector.getByRole('button', { name: 'Dense: Units' }).click();
  await expect(units).toHaveValue('=2*hidden');
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(units).toHaveValue('=2*hidden');
});
