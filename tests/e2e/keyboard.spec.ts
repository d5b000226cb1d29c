import type { Locator, Page } from '@playwright/test';
import { expect, test } from './pages/serveApp.ts';

/** Goes on with Tab until the keyboard is there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
}

test('from an empty canvas to a trained network by keyboard alone', async ({ app, page }) => {
  const search = page.locator('input[role=combobox]');
  const choose = async (keys: string, words: string): Promise<void> => {
    await page.keyboard.press(keys);
    await expect(search).toBeFocused();
    await page.keyboard.type(words);
    await page.keyboard.press('Enter');
    await expect(search).toBeHidden();
  };
  await page.keyboard.press('Control+n');
  await expect(page.getByRole('tab', { name: 'Training' })).toBeVisible();
  await choose('Shift+A', 'iris');
  // Each new node goes beside the selected one and is wired to it where that is obvious.
  await choose('Shift+A', 'dense');
  // From the new node Tab leads to what can be set of it.
  const units = page.locator('.ins').getByRole('textbox', { name: 'Units' });
  await tabTo(page, units);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('3');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await choose('Shift+A', 'softmax ce');
  await choose('c', 'species');
  const fix = page.locator('.ins').getByRole('button', { name: 'Add Adam' });
  await tabTo(page, fix);
  await page.keyboard.press('Enter');
  await expect(page.locator('.react-flow__node')).toHaveCount(4);
  await expect(page.locator('.react-flow__edge')).toHaveCount(4);
  await page.keyboard.press('Control+Enter');
  await app.expectRun('finished');
  expect(await app.figure('loss', 'train')).toBeGreaterThan(0);
});

test('the keyboard goes where the work goes', async ({ app, page }) => {
  await app.openTemplate('mlp-mnist');
  const card = (id: string): Locator => page.locator(`.react-flow__node[data-id="${id}"]`);
  await card('flatten').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+g');
  await expect(page.getByRole('textbox', { name: 'Title of the frame' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(card('flatten')).toBeFocused();
  await page.keyboard.press('Control+Shift+e');
  const block = page.locator('.react-flow__node.selected');
  await expect(block).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(card('$inputs')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(block).toBeFocused();
  await page.keyboard.press('F8');
  await expect(page.locator('.ins input').first()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(block).toBeFocused();

  // Keys that another command had: said, and taken back.
  await page.keyboard.press('Control+,');
  await page.getByRole('button', { name: 'Change the keys of “Find in the graph…”' }).click();
  await page.keyboard.press('Control+k');
  const notice = app.dialog.getByRole('status');
  await expect(notice).toContainText('taken from “All commands…”');
  await notice.getByRole('button', { name: 'Take back' }).click();
  await page.getByRole('button', { name: 'Change the keys of “Find in the graph…”' }).click();
  await page.keyboard.press('Control+c');
  await expect(notice).toContainText('stays with “Copy”');
});

test('the keyboard is where it was once a dialog has closed', async ({ app, page }) => {
  await app.openTemplate('mlp-mnist');
  const field = page.getByRole('searchbox', { name: /^Search/ });
  await page.keyboard.press('/');
  await expect(field).toBeFocused();
  for (const keys of ['Control+k', 'Control+s']) {
    await page.keyboard.press(keys);
    await expect(app.dialog).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(app.dialog).toBeHidden();
    await expect(field).toBeFocused();
  }
});
