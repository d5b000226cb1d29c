/** The first character of each letter's syllables in the order of pinyin; no syllable begins with i, u or v. */
const firsts = '阿八嚓哒妸发旮哈讥咔垃妈拿哦啪期然撒塌挖昔压匝';
const letters = 'abcdefghjklmnopqrstwxyz';
const han = /\p{Script=Han}/u;

let order: Intl.Collator | undefined;

function initial(character: string): string {
  if (!han.test(character)) return character;
  order ??= new Intl.Collator('zh-Hans-u-co-pinyin');
  let letter = '';
  for (let at = 0; at < letters.length; at++) {
    if (order.compare(character, firsts[at] ?? '') < 0) break;
    letter = letters[at] ?? '';
  }
  return letter;
}

/**
 * The initials of a text's syllables, e.g. `jj` for 卷积, by which people type Chinese words quickly. A character
 * with several readings has its most frequent one. Empty where the text has no Chinese.
 */
export function pinyinInitials(text: string): string {
  return han.test(text) ? [...text].map(initial).join('').toLowerCase() : '';
}
