import type { Page } from '@playwright/test';
import { expect, test } from './pages/serveApp.ts';

const palette = (page: Page) => page.getByRole('dialog', { name: 'Commands' });
const option = (page: Page, name: string | RegExp) => page.getByRole('option', { name });

test('the palette gives every command by name, adds nodes, and begins with templates', async ({
  app,
  page,
}) => {
  await test.step('from the start screen', async () => {
    await page.keyboard.press('Control+k');
    await expect(option(page, /^New graph/)).toBeVisible();
    await expect(option(page, /^Undo/)).toHaveCount(0);
    await page.keyboard.type('mlp mnist');
    await page.keyboard.press('Enter');
    await expect(app.node('Flatten')).toBeVisible();
  });

  await test.step('a command, in few letters, with its key', async () => {
    await page.keyboard.press('Control+k');
    await expect(option(page, /Find in the graph/).locator('kbd')).toHaveText('Ctrl F');
    await page.keyboard.type('shw rns');
    await expect(option(page, /^Show runs/)).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('tab', { name: 'Runs' })).toHaveAttribute('aria-selected', 'true');
    await expect(palette(page)).toBeHidden();
  });

  await test.step('a node, by another name', async () => {
    await page.getByRole('button', { name: 'Commands' }).click();
    await page.keyboard.type('fully connected');
    await expect(option(page, /^Dense/)).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(app.node('Dense')).toHaveCount(4);
  });

  await test.step('nothing found says so; Escape leaves and gives the focus back', async () => {
    const undo = page.getByRole('button', { name: 'Undo: Add Dense' });
    await undo.focus();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('qqqqq');
    await expect(palette(page)).toContainText('Nothing is called “qqqqq”.');
    await page.keyboard.press('Escape');
    await expect(palette(page)).toBeHidden();
    await expect(undo).toBeFocused();
    for (const [keys, name] of [
      ['Control+,', 'Settings'],
      ['Control+Alt+z', 'History'],
    ] as const) {
      await page.keyboard.press(keys);
      await expect(page.getByRole('dialog', { name })).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(undo).toBeFocused();
    }
  });
});

test('nodes are found by name, kind, parameter and problem, and shown', async ({ app, page }) => {
  await app.openTemplate('cnn-mnist');
  const found = page.getByRole('dialog', { name: 'Find in the graph' }).getByRole('option');
  await page.keyboard.press('Control+f');
  await expect(found).toHaveCount(12);
  await page.keyboard.type('filters 64');
  await expect(found).toHaveCount(1);
  await expect(found).toContainText('Filters 64');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveAttribute('placeholder', 'Conv2D');
  await expect(page.getByRole('textbox', { name: 'Filters' })).toHaveValue('64');

  await page.keyboard.press('Control+f');
  await page.keyboard.type('flatten');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveAttribute('placeholder', 'Flatten');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Control+f');
  await page.keyboard.type('needs input');
  await expect(found.first()).toContainText('Problem: Dense needs an input');
  await page.keyboard.press('Escape');
});

test('the history lists every edit and goes to any of them', async ({ app, page }) => {
  await app.openTemplate('mlp-mnist');
  await app.selectNode('Flatten');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.getByRole('button', { name: 'History' }).click();
  const steps = page.getByRole('dialog', { name: 'History' }).getByRole('button', { name: /^Go to:/ });
  await expect(steps).toHaveText(['As it was opened', /^Remove 1 node$/, /^Remove 9 nodes/]);
  await expect(steps.nth(2)).toHaveAttribute('aria-current', 'step');
  await steps.nth(0).click();
  await expect(app.node('Flatten')).toBeVisible();
  await expect(steps.nth(1)).toContainText('undone');
  await steps.nth(1).click();
  await expect(app.node('Flatten')).toHaveCount(0);
  await expect(app.node('Adam')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Redo: Remove 9 nodes' }).click();
  await expect(app.node('Adam')).toHaveCount(0);
});

test('the library forgives slips, keeps favourites and what was used', async ({ app, page }) => {
  await app.openTemplate('mlp-mnist');
  const library = page.getByRole('complementary', { name: 'Library' });
  const search = library.getByRole('searchbox');
  await page.keyboard.press('/');
  await expect(search).toBeFocused();
  await search.fill('btchnrm');
  await expect(library.locator('[data-kind]').first()).toHaveAttribute('data-kind', 'batch-normalization');
  await library.getByRole('button', { name: 'Keep BatchNorm among the favourites' }).click();
  await page.keyboard.press('Control+a');
  await search.fill('softmax');
  await page.keyboard.press('Enter');
  await search.fill('');
  await expect(library.locator('[data-group=favourites] [data-kind]')).toHaveText(['BatchNorm']);
  await expect(library.locator('[data-group=recent] [data-kind]')).toHaveCount(1);
  await page.reload();
  await expect(library.locator('[data-group=favourites] [data-kind]')).toHaveText(['BatchNorm']);
  await library
    .locator('[data-group=favourites]')
    .getByRole('button', { name: 'Take BatchNorm off the favourites' })
    .click();
  await expect(library.locator('[data-group=favourites]')).toHaveCount(0);
});

test('the outline shows the graph as a tree, by keyboard', async ({ app, page }) => {
  await app.openTemplate('mlp-mnist');
  await page.getByRole('tab', { name: 'Outline' }).click();
  const tree = page.getByRole('tree', { name: 'Outline' });
  const items = tree.getByRole('treeitem');
  await expect(items.first()).toHaveText('MNIST');
  await items.first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(items.nth(1)).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(items.nth(1)).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowRight');
  await expect(page.locator(':focus')).toHaveAccessibleName('tensor, from MNIST');
  await page.keyboard.press('ArrowLeft');
  await expect(items.nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(items.nth(1)).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveAttribute('placeholder', 'Flatten');
});

test('keys can be changed, are remembered, and given back; density is a setting', async ({ app, page }) => {
  await app.openTemplate('mlp-mnist');
  const row = page.locator('[data-command=find]');
  const finder = page.getByRole('dialog', { name: 'Find in the graph' });
  await page.keyboard.press('Control+,');
  await page.getByRole('searchbox', { name: 'Search commands and keys' }).fill('find');
  await row.getByRole('button', { name: /^Change/ }).click();
  await page.keyboard.press('Control+d');
  await expect(row.locator('kbd')).toHaveText('Ctrl D');
  await page.getByRole('searchbox', { name: 'Search commands and keys' }).fill('ctrl+g');
  await expect(page.locator('[data-command]')).toHaveCount(1);
  await page.getByRole('searchbox', { name: 'Search commands and keys' }).fill('duplicate');
  await expect(page.locator('[data-command=duplicate]')).toContainText('none');

  await page.getByRole('radio', { name: 'Compact' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-density', 'compact');
  await page.keyboard.press('Escape');
  await expect(app.dialog).toBeHidden();

  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-density', 'compact');
  await expect(app.node('Flatten')).toBeVisible();
  await page.keyboard.press('Control+f');
  await expect(finder).toBeHidden();
  await page.keyboard.press('Control+d');
  await expect(finder).toBeVisible();
  await page.keyboard.press('Escape');

  await page.keyboard.press('Control+,');
  await page.getByRole('button', { name: 'Reset all keys' }).click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+f');
  await expect(finder).toBeVisible();
});

test('templates stand by architecture, and are found by it, by data and by word', async ({ app, page }) => {
  const cards = page.locator('[data-template]');
  const all = await cards.count();
  expect(all).toBeGreaterThan(1);
  await expect(app.page.getByRole('region', { name: 'Convolutional network' })).toBeVisible();
  await page.getByRole('button', { name: 'Convolutional network', exact: true }).click();
  await expect(page.locator('[data-template=cnn-mnist]')).toBeVisible();
  await expect(page.locator('[data-template=mlp-mnist]')).toHaveCount(0);
  await page.getByRole('button', { name: `All ${all}` }).click();
  const search = page.getByRole('searchbox', { name: 'Search templates' });
  await search.fill('mlp');
  await expect(cards.first()).toHaveAttribute('data-template', 'mlp-mnist');
  await search.fill('nothing like it');
  await expect(page.getByText('No template matches.')).toBeVisible();
  await search.press('Escape');
  await expect(cards).toHaveCount(all);
});
