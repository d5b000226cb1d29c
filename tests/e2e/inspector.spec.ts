import { expect, test } from './pages/serveApp.ts';

test('several nodes are edited at once, as one step, and given their defaults back', async ({
  app,
  page,
}) => {
  await app.openTemplate('cnn-mnist');
  await app.node('Conv2D').first().locator('header').click();
  await app
    .node('Conv2D')
    .nth(1)
    .locator('header')
    .click({ modifiers: ['Control'] });
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector.getByRole('heading', { name: '2 nodes selected' })).toBeVisible();
  const filters = inspector.getByRole('textbox', { name: 'Filters' });
  await expect(filters).toHaveValue('');
  await expect(filters).toHaveAttribute('placeholder', 'mixed');

  // Undo is the document's while the field is at hand, not letter by letter.
  await filters.pressSequentially('48');
  await expect(app.node('Conv2D').first()).toContainText('48 filters');
  await filters.press('Enter');
  await filters.press('Control+z');
  await expect(app.node('Conv2D').first()).toContainText('32 filters');
  await expect(app.node('Conv2D').nth(1)).toContainText('64 filters');

  await filters.fill('24');
  await expect(app.node('Conv2D').first()).toContainText('24 filters');
  await expect(app.node('Conv2D').nth(1)).toContainText('24 filters');
  await filters.blur();
  await page.getByRole('button', { name: 'Undo: Change filters of 2 nodes' }).click();
  await expect(app.node('Conv2D').first()).toContainText('32 filters');
  await expect(app.node('Conv2D').nth(1)).toContainText('64 filters');

  const reset = inspector.getByRole('button', { name: /^Reset Activation to/ });
  await reset.click();
  await expect(app.node('Conv2D').first()).not.toContainText('relu');
  await expect(app.node('Conv2D').nth(1)).not.toContainText('relu');
  await expect(reset).toHaveCount(0);

  await app
    .node('Flatten')
    .locator('header')
    .click({ modifiers: ['Control'] });
  await expect(inspector).toContainText('These nodes have no parameter in common.');
});

test('long forms begin short; lists are typed; the Learn tab teaches', async ({ app, page }) => {
  await app.openTemplate('cnn-mnist');
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await app.selectNode('Adam');
  await expect(inspector.getByRole('textbox', { name: 'Learning rate' })).toBeVisible();
  await expect(inspector.getByText('Warm-up')).toHaveCount(0);
  await inspector.getByRole('button', { name: /^All \d+ settings/ }).click();
  const scope = inspector.getByRole('textbox', { name: 'Trains' });
  await scope.fill('logits, dense-1');
  await scope.blur();
  await expect(scope).toHaveValue('logits, dense-1');
  await inspector.getByRole('button', { name: 'Fewer settings' }).click();
  // What was changed stays in sight.
  await expect(scope).toBeVisible();

  await app.node('Conv2D').first().locator('header').click();
  await inspector.getByRole('tab', { name: 'Learn' }).click();
  await expect(inspector.getByRole('heading', { name: 'Inputs and outputs' })).toBeVisible();
  await expect(inspector.getByText('B×28×28×32')).toBeVisible();
  await inspector.getByRole('textbox', { name: 'Name' }).pressSequentially('First layer');
  await expect(app.node('First layer')).toBeVisible();
});
