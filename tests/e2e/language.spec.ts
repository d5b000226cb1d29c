import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './pages/serveApp.ts';

const dockTabs = [/^训练$/, /^评估/, /^试验场/, /^数据/, /^问题/, /^训练记录/];

test('the language changes in place: nothing of the work is lost, and nothing hinders anyone in Chinese', async ({
  app,
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await app.openTemplate('cnn-mnist');
  await app.selectNode('Dropout');
  await page.keyboard.press('m');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');

  await page.keyboard.press('Control+,');
  await app.dialog.getByRole('radio', { name: '中文' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await expect(app.dialog.getByRole('heading', { name: '设置', exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  // The edit can be undone, the node is still selected, and both are spoken of in Chinese.
  await expect(page.getByRole('button', { name: '撤销：禁用 1 个节点' })).toBeEnabled();
  await expect(page.locator('.ins')).toContainText('比率');
  await expect(page.getByRole('article', { name: '二维卷积' }).first()).toContainText('32 个滤波器');

  const look = async (name: string, part: string): Promise<void> => {
    const { violations } = await new AxeBuilder({ page }).include(part).analyze();
    expect
      .soft(
        violations.map(({ id, nodes }) => `${id} ${nodes[0]?.target.join(' ')}`),
        name,
      )
      .toEqual([]);
  };
  for (const tab of dockTabs)
    await expect(page.locator('.dock').getByRole('tab', { name: tab })).toBeVisible();
  await expect(page.locator('.engine')).toContainText(/CPU · (\d+ 线程|JavaScript)/);
  await page.locator('.dock').getByRole('tab', { name: /^数据/ }).click();
  await expect(page.locator('.dock .fact').first()).toHaveText(/图像/);
  await look('编辑器', 'body');
  await page.keyboard.press('Control+k');
  await look('命令', '[role=dialog]');
  await page.keyboard.press('Escape');
  await expect(app.dialog).toBeHidden();

  await page.reload();
  await expect(page.getByRole('article', { name: '二维卷积' }).first()).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('english');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(app.node('Conv2D').first()).toBeVisible();
});

test.describe('a browser that asks for Chinese', () => {
  test.use({ locale: 'zh-CN' });
  test('gets it at the first start', async ({ page, served }) => {
    await page.goto(served.url);
    await expect(page.getByRole('heading', { name: '从模板开始' })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.target.join(' ')}`)).toEqual([]);
    await page.getByRole('searchbox', { name: '搜索模板' }).fill('鸢尾花');
    await page.locator('[data-template=iris]').click();
    await expect(page.getByRole('article', { name: '鸢尾花' })).toBeVisible();
    await expect(page).toHaveTitle(/鸢尾花/);
  });
});
