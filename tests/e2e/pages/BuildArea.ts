import { expect, type Locator, type Page } from '@playwright/test';
import { CanvasArea } from './CanvasArea.ts';

/** A network as it is built by hand: cards are added by search or from the library, wires drawn from port to port. */
export class BuildArea {
  readonly canvas: CanvasArea;
  readonly inspector: Locator;

  constructor(readonly page: Page) {
    this.canvas = new CanvasArea(page);
    this.inspector = page.getByRole('complementary', { name: 'Inspector' });
  }

  /** From the start screen to an empty graph, with room to build: the panels below are closed. */
  async begin(): Promise<void> {
    await this.page.getByRole('button', { name: 'New graph' }).first().click();
    await this.page.getByRole('button', { name: 'Collapse the panels' }).click();
    await expect(this.page.locator('.react-flow__pane')).toBeVisible();
  }

  /** A double click where the canvas is empty, and a search. */
  async add(query: string, id: string): Promise<void> {
    let place = await this.canvas.findEmptyPlace();
    if (!place) {
      await this.fit();
      place = await this.canvas.emptyPlace();
    }
    await this.page.mouse.dblclick(place.x, place.y);
    await this.canvas.choose(query);
    await expect(this.canvas.card(id)).toBeVisible();
  }

  /** A search in the library, and a click: the node is wired to the selected one where that is obvious. */
  async addFromLibrary(query: string, id: string): Promise<void> {
    await this.page.getByRole('searchbox', { name: /^Search/ }).fill(query);
    await this.page.locator('.ent').first().click();
    await expect(this.canvas.card(id)).toHaveClass(/selected/);
  }

  /** Brings all cards into sight. */
  async fit(): Promise<void> {
    await this.page.getByRole('button', { name: 'Fit the graph' }).click();
    await this.rest();
  }

  /** Puts the cards side by side and all of them into sight. */
  async arrange(): Promise<void> {
    await this.page.getByRole('button', { name: 'Arrange', exact: true }).click();
    await expect(this.page.getByRole('button', { name: /^Undo: Arrange/ })).toBeVisible();
    await this.fit();
  }

  /** Until view and cards have not moved for some frames. */
  private async rest(): Promise<void> {
    await this.page.evaluate(async () => {
      const look = (): string =>
        ['.react-flow__viewport', '.react-flow__node']
          .flatMap((part) => [...document.querySelectorAll<HTMLElement>(part)])
          .map(({ style }) => style.transform)
          .join();
      let before = '';
      for (let still = 0; still < 12; still++) {
        await new Promise(requestAnimationFrame);
        const now = look();
        if (now !== before) still = 0;
        before = now;
      }
    });
  }

  /** Draws wires, each written `node.port > node.port`, from port to port. */
  async wire(...wires: readonly string[]): Promise<void> {
    for (const written of wires) {
      const [from = '', to = ''] = written.split(' > ');
      const [start, end] = [await this.portAt(from), await this.portAt(to)];
      await this.page.mouse.move(start.x, start.y);
      await this.page.mouse.down();
      await this.page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2);
      await this.page.mouse.move(end.x, end.y, { steps: 2 });
      await this.page.mouse.up();
      await this.expectWire(from, to);
    }
  }

  async expectWire(from: string, to: string): Promise<void> {
    await expect(this.canvas.wire(`${from}>${to}`)).toBeAttached();
  }

  private async portAt(place: string): Promise<{ x: number; y: number }> {
    const [node = '', port = ''] = place.split('.');
    return await this.canvas.port(node, port);
  }

  async select(id: string, { too = false } = {}): Promise<void> {
    await this.canvas
      .card(id)
      .locator('header')
      .click(too ? { modifiers: ['Shift'] } : {});
    await expect(this.canvas.card(id)).toHaveClass(/selected/);
  }

  /** Selects a card and sets fields of the inspector. */
  async set(id: string, values: Readonly<Record<string, number | string>>): Promise<void> {
    await this.select(id);
    for (const [label, value] of Object.entries(values)) {
      await this.inspector.getByRole('textbox', { name: label, exact: true }).fill(String(value));
    }
  }

  /** What is done to the selected cards, by the bar that stands over them. Gives the id of the card that came of it. */
  async press(command: string): Promise<string> {
    await this.page.locator('.selbar').getByRole('button', { name: command }).click();
    const card = this.page.locator('.react-flow__node.selected');
    await expect(card).toHaveCount(1);
    return (await card.getAttribute('data-id')) ?? '';
  }

  /** An optimiser trains these nodes alone. */
  async trains(id: string, ...members: readonly string[]): Promise<void> {
    await this.select(id);
    await this.inspector.getByRole('button', { name: /^All \d+ settings/ }).click();
    await this.inspector.getByRole('button', { name: 'Trains: choose from a list' }).click();
    for (const member of members) {
      await this.page.getByRole('menuitemcheckbox', { name: new RegExp(` · ${member}$`) }).click();
    }
    await this.page.keyboard.press('Escape');
  }

  /** Trains single steps and sees that they are taken. */
  async trainSteps(count: number): Promise<void> {
    const step = this.page.locator('.transport').getByRole('button', { name: 'Step', exact: true });
    for (let done = 1; done <= count; done++) {
      await expect(step).toBeEnabled({ timeout: 60_000 });
      await step.click();
      await this.expectStep(done);
    }
  }

  async expectStep(step: number): Promise<void> {
    await expect(this.page.locator('.prog')).toContainText(`step ${step}/`, { timeout: 60_000 });
  }
}
