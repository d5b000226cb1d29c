/** A part of a formula: text, or what stands lower or higher beside it. */
export type FormulaPart = string | { readonly kind: 'sub' | 'sup'; readonly parts: readonly FormulaPart[] };

const brackets: Readonly<Record<string, string>> = { '{': '}', '(': ')' };

/** What a sign at `at` raises or lowers: a group in brackets, else a word or a number. Undefined where there is none. */
function raised(text: string, at: number): { readonly inside: string; readonly end: number } | undefined {
  const open = text[at] ?? '';
  const close = brackets[open];
  if (close === undefined) {
    const [word = ''] = /^[−-]?[\p{L}\p{N}]+/u.exec(text.slice(at)) ?? [];
    return word === '' ? undefined : { inside: word, end: at + word.length };
  }
  let depth = 0;
  for (let end = at; end < text.length; end++) {
    depth += text[end] === open ? 1 : text[end] === close ? -1 : 0;
    if (depth === 0) return { inside: text.slice(at + 1, end), end: end + 1 };
  }
  return undefined;
}

function partsOf(text: string): readonly FormulaPart[] {
  const parts: FormulaPart[] = [];
  let plain = '';
  for (let at = 0; at < text.length; ) {
    const sign = text[at] ?? '';
    const found = sign === '_' || sign === '^' ? raised(text, at + 1) : undefined;
    if (found) {
      if (plain !== '') parts.push(plain);
      plain = '';
      parts.push({ kind: sign === '_' ? 'sub' : 'sup', parts: partsOf(found.inside) });
    } else plain += sign;
    at = found?.end ?? at + 1;
  }
  if (plain !== '') parts.push(plain);
  return parts;
}

/** A formula as nodes write it, `y = b_f + x^2   z = e^{x_k}`, line by line: two spaces part equations. */
export const formulaLines = (formula: string): readonly (readonly FormulaPart[])[] =>
  formula
    .split(/,?\s{2,}/)
    .filter((line) => line !== '')
    .map(partsOf);
