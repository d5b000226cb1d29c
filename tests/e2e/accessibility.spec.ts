import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { DockTab } from './pages/Neuroloom.ts';
import { expect, test } from './pages/serveApp.ts';

const tabs: readonly DockTab[] = ['Training', 'Evaluate', 'Playground', 'Data', 'Problems', 'Runs'];

/** What axe calls serious or critical, one line each. */
async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`),
    );
}

for (const theme of ['Dark', 'Light'] as const) {
  test(`nothing serious hinders anyone, ${theme.toLowerCase()}`, async ({ app, page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await app.setTheme(theme);
    expect.soft(await seriousFindings(page)).toEqual([]);
    await app.openTemplate('cnn-mnist');
    for (const tab of tabs) {
      await app.openTab(tab);
      expect.soft(await seriousFindings(page), tab).toEqual([]);
    }
    await page.keyboard.press('Control+s');
    await expect(app.dialog).toBeVisible();
    expect.soft(await seriousFindings(page), 'save dialog').toEqual([]);
  });
}
