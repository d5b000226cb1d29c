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
}
