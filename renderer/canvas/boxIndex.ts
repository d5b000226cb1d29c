import type { Box } from './wirePath.ts';

/** Side of a cell of the grid that boxes are filed in. */
const CELL = 512;

/** Boxes that can be asked for by place, without looking at all of them. */
export interface BoxIndex {
  readonly all: readonly Box[];
  /** Every box that touches this area, in no particular order. */
  near(left: number, top: number, right: number, bottom: number): readonly Box[];
}

const cellOf = (value: number): number => Math.floor(value / CELL);

export function createBoxIndex(all: readonly Box[]): BoxIndex {
  const cells = new Map<number, Map<number, Box[]>>();
  for (const box of all) {
    for (let column = cellOf(box.left); column <= cellOf(box.right); column++) {
      const rows = cells.get(column) ?? new Map<number, Box[]>();
      cells.set(column, rows);
      for (let row = cellOf(box.top); row <= cellOf(box.bottom); row++) {
        const filed = rows.get(row);
        if (filed) filed.push(box);
        else rows.set(row, [box]);
      }
    }
  }
  const touches = (box: Box, left: number, top: number, right: number, bottom: number): boolean =>
    box.right >= left && box.left <= right && box.bottom >= top && box.top <= bottom;
  return {
    all,
    near(left, top, right, bottom) {
      const columns = cellOf(right) - cellOf(left) + 1;
      const rows = cellOf(bottom) - cellOf(top) + 1;
      // An area of more cells than there are boxes is read faster from the list.
      if (!(columns * rows < all.length)) return all.filter((box) => touches(box, left, top, right, bottom));
      const found: Box[] = [];
      const [firstColumn, firstRow] = [cellOf(left), cellOf(top)];
      for (let column = firstColumn; column <= cellOf(right); column++) {
        for (let row = firstRow; row <= cellOf(bottom); row++) {
          for (const box of cells.get(column)?.get(row) ?? []) {
            if (!touches(box, left, top, right, bottom)) continue;
            // Of the cells that it is filed in and that were asked for, the first one gives it.
            if (Math.max(cellOf(box.left), firstColumn) !== column) continue;
            if (Math.max(cellOf(box.top), firstRow) === row) found.push(box);
          }
        }
      }
      return found;
    },
  };
}
