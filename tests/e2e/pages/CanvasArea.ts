import { expect, type Locator, type Page } from '@playwright/test';

interface Place {
  readonly x: number;
  readonly y: number;
}

/** The graph as a hand takes hold of it. */
export class CanvasArea {
  constructor(readonly page: Page) {}

  /** A card by its node's id. */
  card(id: string): Locator {
    return this.page.locator(`.react-flow__node[data-id="${id}"]`);
  }

  /** A wire by `node.port>node.port`. */
  wire(id: string): Locator {
    return this.page.locator(`.react-flow__edge[data-id="${id}"] path.wire`);
  }

  async place(id: string): Promise<Place> {
    const box = await this.card(id).boundingBox();
    if (!box) throw new Error(`${id} is not on the canvas.`);
    return { x: box.x, y: box.y };
  }

  /** Takes a card by its header and leaves it in hand. */
  async pickUp(id: string): Promise<Place> {
    const header = await this.card(id).locator('header').boundingBox();
    if (!header) throw new Error(`${id} has no header.`);
    const at = { x: header.x + header.width / 2, y: header.y + header.height / 2 };
    await this.page.mouse.move(at.x, at.y);
    await this.page.mouse.down();
    // The first moves only tell a drag from a click; it counts from where they lead.
    await this.page.mouse.move(at.x + 2, at.y);
    await this.page.mouse.move(at.x, at.y);
    return { x: at.x + 2, y: at.y };
  }

  async expectPlace(id: string, { x, y }: Place): Promise<void> {
    await expect
      .poll(async () => {
        const now = await this.place(id);
        return Math.hypot(now.x - x, now.y - y);
      })
      .toBeLessThan(1.5);
  }

  /** An output by its node and name, as the middle of its port. */
  async port(node: string, port: string): Promise<Place> {
    const box = await this.card(node).locator(`[data-handleid="${port}"]`).boundingBox();
    if (!box) throw new Error(`${node} has no port ${port}.`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }

  /** A place with nothing within some pixels; null where there is none in sight. */
  async findEmptyPlace(): Promise<Place | null> {
    return await this.page.evaluate(() => {
      const canvas = document.querySelector('.cv')?.getBoundingClientRect();
      if (!canvas) return null;
      const isEmpty = (x: number, y: number): boolean =>
        [-60, 0, 60].every((dx) =>
          [-40, 0, 40].every((dy) =>
            document.elementFromPoint(x + dx, y + dy)?.classList.contains('react-flow__pane'),
          ),
        );
      for (let y = canvas.top + 70; y < canvas.bottom - 70; y += 10) {
        for (let x = canvas.left + 70; x < canvas.right - 180; x += 10) if (isEmpty(x, y)) return { x, y };
      }
      return null;
    });
  }

  async emptyPlace(): Promise<Place> {
    const place = await this.findEmptyPlace();
    if (!place) throw new Error('No empty place on the canvas.');
    return place;
  }

  /** Searches for a node type in the open search and takes the first that is found. */
  async choose(query: string): Promise<void> {
    await this.page.getByRole('combobox', { name: /^Search nodes/ }).fill(query);
    await this.page.keyboard.press('Enter');
  }
}
