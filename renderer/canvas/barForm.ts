/** Pixels: of a button of the bar, of its frame, and what the controls in the corner take with a space beside them. */
const BUTTON = 28;
const FRAME = 6;
const CORNER = 204;

/** Where the bar over the selection stands, and whether aligning and distributing are gathered in a menu. */
export interface BarForm {
  readonly place: 'middle' | 'corner';
}

/**
 * The bar in one row for a canvas of this width: every command by itself in the middle; else those that arrange behind
 * one button; else so in the corner, over what stands there.
 */
export function barForm(
  width: number,
  offered: number,
  arranging: number,
): `${BarForm['place']} ${'apart' | 'gathered'}` {
  const fits = (buttons: number): boolean => width / 2 - (buttons * BUTTON + FRAME) / 2 >= CORNER;
  if (fits(offered)) return 'middle apart';
  const gathered = arranging > 1 ? offered - arranging + 1 : offered;
  const form = gathered < offered ? 'gathered' : 'apart';
  return fits(gathered) ? `middle ${form}` : `corner ${form}`;
}
