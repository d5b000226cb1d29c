import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { DockTab } from './pages/Neuroloom.ts';
import { expect, test } from './pages/serveApp.ts';

const tabs: readonly DockTab[] = ['Training', 'Evaluate', 'Playground', 'Data', 'Problems', 'Runs'];

/** Everything that axe finds, one line each: on the whole page, or in the part that has changed since. */
async function findings(page: Page, part?: string): Promise<string[]> {
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
  const { violations } = await (part === undefined ? axe : axe.include(part)).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`),
  );
}

for (const theme of ['Dark', 'Light'] as const) {
  test(`nothing hinders anyone on any screen, ${theme.toLowerCase()}`, async ({ app, page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await app.setTheme(theme);
    const look = async (name: string, part?: string): Promise<void> => {
      expect.soft(await findings(page, part), name).toEqual([]);
    };
    const over = async (keys: string, name: string): Promise<void> => {
      await page.keyboard.press(keys);
      await expect(app.dialog).toBeVisible();
      await look(name, '[role=dialog]');
      await page.keyboard.press('Escape');
      await expect(app.dialog).toBeHidden();
    };
    await look('start');
    if (theme === 'Dark') {
      await page.getByRole('button', { name: 'Take the tour' }).click();
      await expect(page.locator('#tour-card')).toBeVisible();
      await look('tour', '#tour-card');
      await page.getByRole('button', { name: 'Skip the tour' }).click();
    }
    await app.openTemplate('cnn-mnist');
    await look('editor');
    // The rest differs between the themes in colours alone, which these have shown.
    if (theme === 'Light') return;
    for (const tab of tabs) {
      await app.openTab(tab);
      await look(tab, '.dock');
    }
    await over('Control+k', 'palette');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('qqqqq');
    await look('palette, nothing found', '[role=dialog]');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Document' }).click();
    await look('a menu');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Engine:/ }).click();
    await look('engine', '[role=dialog]');
    await page.keyboard.press('Escape');
    await over('Control+f', 'find');
    await over('Control+,', 'settings');
    await over('Control+s', 'save');
    await over('Control+o', 'open');

    await app.node('Conv2D').first().locator('header').click();
    await look('a node in the inspector', '.ins');
    await page.getByRole('tab', { name: 'Learn' }).click();
    await look('Learn', '.ins');
    await app
      .node('Conv2D')
      .nth(1)
      .locator('header')
      .click({ modifiers: ['Control'] });
    await look('two nodes in the inspector', '.ins');
    await page.keyboard.press('Delete');
    await over('Control+Alt+z', 'history');
    await page.getByRole('tab', { name: 'Outline' }).click();
    await page.locator('.outline-fold').first().click();
    await look('outline, with problems', '.lib');
    await look('a graph with problems', '.cv');
    await over('Control+Alt+d', 'compare with');
    await page.keyboard.press('Control+Alt+d');
    await page.keyboard.type('as it was opened');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('listbox', { name: 'Differences' })).toBeVisible();
    await page.keyboard.press('F7');
    await look('differences', '.dock');
    await look('differences on the canvas', '.cv');
    await app.documentMenu('New');
    await look('an empty graph');
    await page.getByRole('button', { name: 'Close CNN on MNIST' }).click();
    await expect(app.dialog).toBeVisible();
    await look('unsaved work', '[role=dialog]');
    await app.dialog.getByRole('button', { name: 'Don’t save' }).click();
  });
}

test('without motion nothing moves, and forced colours keep what is chosen in sight', async ({
  app,
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' });
  await app.openTemplate('mlp-mnist');
  const moving = await page.evaluate(
    () =>
      [...document.querySelectorAll('*')].filter((element) => {
        const { animationName, transitionDuration } = getComputedStyle(element);
        return animationName !== 'none' || /[1-9]/.test(transitionDuration);
      }).length,
  );
  expect(moving).toBe(0);
  const outline = (name: string) =>
    page.getByRole('tab', { name }).evaluate((tab) => getComputedStyle(tab).outlineStyle);
  expect(await outline('Training')).toBe('solid');
  expect(await outline('Runs')).toBe('none');
});
