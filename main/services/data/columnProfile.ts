import type { ColumnType } from '#shared/protocol/data.ts';
import { type DecimalSign, isMissing, parseDate, parseNumber } from './cells.ts';

/** Cells of one value are counted up to so many values in all columns together. */
const MOST_VALUES = 2_000_000;
const MOST_VALUES_OF_COLUMN = 10_000;
/** A category of more values becomes too wide a row of ones and zeros. */
const MOST_CLASSES = 100;

/** Names of columns that only count the rows. */
const countingNames = /^(id|index|idx|row|rownames|nr|no|number|#|unnamed.*|column 1)?$/i;

/** As much of a cell as a message shows. */
const SHOWN_CELL = 40;

export interface CellPlace {
  readonly line: number;
  /** What stands there. */
  readonly cell: string;
}

const placeOf = (cell: string, line: number): CellPlace => ({ line, cell: cell.trim().slice(0, SHOWN_CELL) });

/** What stands in a column, gathered cell by cell. */
export class ColumnProfile {
  readonly name: string;
  cells = 0;
  missing = 0;
  numbers = 0;
  dates = 0;
  notFinite = 0;
  integers = 0;
  /** The first cell that says nothing, or no finite number. */
  firstGap: CellPlace | undefined;
  /** The first cell that is no number. */
  firstWord: CellPlace | undefined;
  /** Each number one more than the one before. */
  #counting = true;
  #last: number | undefined;
  /** How often each value occurs; null past the limit. */
  values: Map<string, number> | null = new Map();
  readonly #decimal: DecimalSign;
  readonly #most: number;

  constructor(name: string, decimal: DecimalSign, columns: number) {
    this.name = name;
    this.#decimal = decimal;
    this.#most = Math.min(MOST_VALUES_OF_COLUMN, Math.ceil(MOST_VALUES / columns));
  }

  add(cell: string, line: number): void {
    this.cells += 1;
    if (isMissing(cell)) {
      this.#miss(cell, line);
      return;
    }
    const text = cell.trim();
    const value = parseNumber(text, this.#decimal);
    if (Number.isFinite(value)) {
      this.numbers += 1;
      if (Number.isInteger(value)) this.integers += 1;
      if (this.#last !== undefined && value !== this.#last + 1) this.#counting = false;
      this.#last = value;
    } else if (!Number.isNaN(value)) {
      this.notFinite += 1;
      this.#miss(cell, line);
      return;
    } else {
      this.firstWord ??= placeOf(cell, line);
      if (!Number.isNaN(parseDate(text))) this.dates += 1;
    }
    if (!this.values) return;
    this.values.set(text, (this.values.get(text) ?? 0) + 1);
    if (this.values.size > this.#most) this.values = null;
  }

  #miss(cell: string, line: number): void {
    this.missing += 1;
    this.firstGap ??= placeOf(cell, line);
  }

  get present(): number {
    return this.cells - this.missing;
  }

  get distinct(): number | null {
    return this.values?.size ?? null;
  }

  /** Only counts the rows, so that it says nothing of them. */
  get isCounter(): boolean {
    const whole = this.integers === this.cells && this.cells > 1;
    return whole && this.#counting && countingNames.test(this.name);
  }

  get type(): ColumnType {
    const { present, distinct } = this;
    if (present > 0 && this.numbers === present) return 'number';
    if (present > 0 && this.dates === present) return 'date';
    const few = distinct !== null && distinct <= MOST_CLASSES && (distinct <= 10 || distinct <= present / 2);
    return few ? 'category' : 'text';
  }

  /** Whole numbers of which there are few: as a target they name a class. */
  get namesClasses(): boolean {
    const { distinct, present } = this;
    return this.integers === present && distinct !== null && distinct <= 10 && present >= 5 * distinct;
  }

  /** Its values in order: numbers by size, texts by their characters. */
  get classes(): readonly string[] {
    const names = [...(this.values?.keys() ?? [])];
    return this.numbers === this.present
      ? names.toSorted((a, b) => parseNumber(a, this.#decimal) - parseNumber(b, this.#decimal))
      : names.toSorted((a, b) => (a < b ? -1 : 1));
  }
}
