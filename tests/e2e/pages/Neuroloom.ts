import { expect, type Locator, type Page } from '@playwright/test';

export type DockTab = 'Training' | 'Evaluate' | 'Playground' | 'Data' | 'Problems' | 'Runs';

/** The window as a person uses it. Nothing here waits for a time; everything waits for a state. */
export class Neuroloom {
  constructor(readonly page: Page) {}

  async waitForStart(): Promise<void> {
    await expect(this.page.getByRole('heading', { name: 'Recent graphs' })).toBeVisible();
    await expect(this.page.locator('[data-engine=ready]')).toBeVisible();
  }

  async openTemplate(id: string): Promise<void> {
    await this.page.locator(`[data-template=${id}]`).click();
    await expect(this.page.getByRole('tab', { name: 'Training' })).toBeVisible();
  }

  node(title: string): Locator {
    return this.page.getByRole('article', { name: title, exact: true });
  }

  async selectNode(title: string): Promise<void> {
    await this.node(title).locator('header').click();
  }

  async openTab(name: DockTab): Promise<void> {
    await this.page.getByRole('tab', { name }).click();
  }

  get problems(): Locator {
    return this.page.locator('[data-problem]');
  }

  private transport(name: string): Locator {
    return this.page.locator('.transport').getByRole('button', { name, exact: true });
  }

  async press(name: 'Train' | 'Pause' | 'Resume' | 'Step' | 'Stop'): Promise<void> {
    await this.transport(name).click();
  }

  /** The figure beside a curve, as a number; NaN before the first. */
  async figure(metric: string, split: 'train' | 'validation'): Promise<number> {
    const text = await this.page.locator(`[data-curve=${metric}] [data-value=${split}]`).textContent();
    return Number.parseFloat(text ?? '');
  }

  async points(metric: string): Promise<number> {
    return Number(
      await this.page.locator(`[data-curve=${metric}] [data-points]`).getAttribute('data-points'),
    );
  }

  /** Steps of the shown run so far. */
  async step(): Promise<number> {
    const text = await this.page.locator('[data-fact=steps]').textContent();
    return Number(text?.split('of')[0]?.replaceAll(/\D/g, ''));
  }

  async expectRun(state: string): Promise<void> {
    await expect(this.page.locator(`[data-run-state=${state}]`)).toBeVisible({ timeout: 60_000 });
  }

  get learningRate(): Locator {
    return this.page.getByTestId('learning-rate').getByRole('textbox');
  }

  /** The open graphs in a row; empty while there is only one. */
  get tabs(): Locator {
    return this.page.getByRole('navigation', { name: 'Open graphs' }).getByRole('listitem');
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  /** Messages in the corner. */
  get messages(): Locator {
    return this.page.locator('.toast');
  }

  /** Back to the start screen; the document stays open behind it. */
  async goToStart(): Promise<void> {
    await this.page.getByRole('button', { name: 'Start', exact: true }).click();
    await expect(this.page.getByRole('heading', { name: 'Recent graphs' })).toBeVisible();
  }

  async documentMenu(entry: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Document' }).click();
    await this.page.getByRole('menuitem', { name: entry }).click();
  }

  /** `as`: under another name, although it has one. */
  async saveAs(name: string, { as = false } = {}): Promise<void> {
    await this.page.keyboard.press(as ? 'Control+Shift+s' : 'Control+s');
    await this.dialog.getByRole('textbox', { name: 'Name' }).fill(name);
    await this.dialog.getByRole('button', { name: 'Save' }).click();
  }

  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('Control+o');
    await this.dialog.getByRole('option', { name }).click();
    await this.dialog.getByRole('button', { name: 'Open' }).click();
    await expect(this.dialog).toBeHidden();
  }

  async setTheme(theme: 'Dark' | 'Light'): Promise<void> {
    await this.page.getByRole('button', { name: 'Theme' }).click();
    await this.page.getByRole('menuitemradio', { name: theme }).click();
    await expect(this.page.locator(`html[data-theme=${theme.toLowerCase()}]`)).toBeVisible();
  }
}
