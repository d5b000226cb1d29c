import { expect, test } from './pages/serveApp.ts';

test('the tour, by keyboard: from the first start to a trained network; it is offered once', async ({
  app,
  page,
}) => {
  const card = page.locator('#tour-card');
  const step = (title: string) => expect(card.getByRole('heading', { name: title })).toBeVisible();
  /** By the button of the card to the control that it points at. */
  const go = async (): Promise<void> => {
    await page.keyboard.press('F6');
    await card.getByRole('button', { name: 'Take me there' }).press('Enter');
  };
  await page
    .getByRole('region', { name: /New here/ })
    .getByRole('button', { name: 'Take the tour' })
    .press('Enter');
  await step('Pick a network');
  await expect(card).toBeFocused();
  await go();
  await expect(page.locator('[data-template=two-spirals]')).toBeFocused();
  await page.keyboard.press('Enter');
  await step('Select a layer');
  await go();
  await page.keyboard.press('Enter');
  await step('Change it');
  await go();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('3');
  // In the middle of a number the step is not over.
  await step('Change it');
  await page.keyboard.type('2');
  await page.keyboard.press('Enter');
  await step('Train');
  await expect(app.node('Dense').first()).toContainText('32 units');
  await page.keyboard.press('Control+Enter');
  await step('Watch it learn');
  await expect(card.getByRole('heading', { name: 'Look at its answers' })).toBeVisible({ timeout: 60_000 });
  await go();
  await page.keyboard.press('Enter');
  await step('You have trained a network');
  await expect(card).toContainText(/Accuracy (9\d\.\d|100\.0)/);
  await card.getByRole('button', { name: 'Finish' }).press('Enter');
  await expect(card).toHaveCount(0);
  await app.goToStart();
  await expect(page.getByRole('region', { name: /New here/ })).toHaveCount(0);
});
