/** Families that pictures are written in. */
const FAMILIES = ['Fira Sans', 'Fira Mono', 'Noto Sans SC Variable'];

/** Whether a `unicode-range` has one of these characters; a face without one has all. */
export function covers(range: string, characters: ReadonlySet<number>): boolean {
  if (range.trim() === '') return true;
  const spans = range.split(',').map((part) => {
    const [from = '', to] = part.trim().replace(/^U\+/i, '').split('-');
    const first = Number.parseInt(from.replaceAll('?', '0'), 16);
    return [first, Number.parseInt(to ?? from.replaceAll('?', 'F'), 16)] as const;
  });
  return [...characters].some((character) =>
    spans.some(([first, last]) => character >= first && character <= last),
  );
}

/** Every character that is no space or control. */
const charactersOf = (text: string): ReadonlySet<number> =>
  new Set([...text].flatMap((letter) => letter.codePointAt(0) ?? []).filter((code) => code > 32));

async function embedded(rule: CSSFontFaceRule, base: string): Promise<string> {
  const { style } = rule;
  const [, address] = /url\("?([^")]+)"?\)/.exec(style.getPropertyValue('src')) ?? [];
  if (address === undefined) return '';
  const bytes = new Uint8Array(await (await fetch(new URL(address, base))).arrayBuffer());
  const data = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  const range = style.getPropertyValue('unicode-range');
  return `@font-face{font-family:${style.getPropertyValue('font-family').replaceAll('"', "'")};font-weight:${style.getPropertyValue('font-weight') || 400};src:url(data:font/woff2;base64,${data}) format('woff2')${range === '' ? '' : `;unicode-range:${range}`}}`;
}

/**
 * The parts of this page's fonts that a text needs, as `@font-face` rules with the fonts in them: what is drawn from an
 * SVG sees no fonts but its own and those that are installed.
 */
export async function fontFacesFor(text: string): Promise<string> {
  const characters = charactersOf(text);
  const needed = [...document.styleSheets].flatMap((sheet) =>
    [...sheet.cssRules].flatMap((rule) => {
      if (!(rule instanceof CSSFontFaceRule)) return [];
      const family = rule.style.getPropertyValue('font-family').replaceAll(/["']/g, '');
      const range = rule.style.getPropertyValue('unicode-range');
      return FAMILIES.includes(family) && covers(range, characters)
        ? [embedded(rule, sheet.href ?? document.baseURI)]
        : [];
    }),
  );
  return (await Promise.all(needed)).join('');
}
