/**
 * @typedef {{ metric: string, split: string, atLeast?: number, atMost?: number }} Target
 * @typedef {{ id: string, title: string, dataset: string, target: string, result: string, seconds: number, met: boolean }} Row
 */

/** @param {Target} target @param {number} value */
export const formatValue = ({ metric }, value) =>
  ['accuracy', 'exactMatch', 'mean-iou', 'recognized', 'relativeError'].includes(metric)
    ? `${(100 * value).toFixed(2)} %`
    : value.toPrecision(4);

/** @param {Target} target */
export const formatTarget = (target) =>
  `${target.metric} ${target.atLeast === undefined ? '≤' : '≥'} ${formatValue(target, target.atLeast ?? target.atMost ?? 0)}`;

/**
 * Whether the mean over the seeds is where it should be.
 * @param {Target} target @param {readonly number[]} values
 */
export function reaches({ atLeast, atMost }, values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return mean >= (atLeast ?? Number.NEGATIVE_INFINITY) && mean <= (atMost ?? Number.POSITIVE_INFINITY);
}

/**
 * How many seeds a template is trained with: as many as were measured, one where none was.
 * @param {{ values: readonly number[] }} measured @param {number | undefined} given
 */
export const seedsOf = ({ values }, given) => given ?? Math.max(1, values.length);

/**
 * The figures of a split beside the one that counts, in brackets, for the terminal.
 * @param {Readonly<Record<string, number>>} figures @param {string} metric
 */
export function otherFigures(figures, metric) {
  const others = Object.entries(figures).filter(([key]) => key !== metric);
  return others.length === 0
    ? ''
    : ` (${others.map(([key, value]) => `${key} ${+value.toPrecision(4)}`).join(', ')})`;
}

const rowPattern = /^\| `([^`]+)` \|.*$/gm;

/**
 * The page with one template's row set anew, rows in the order of the templates.
 * @param {string} page @param {Row} row @param {readonly string[]} order
 */
export function mergeRow(page, row, order) {
  const rows = new Map([...page.matchAll(rowPattern)].map(([line, id]) => [id, line]));
  const cells = [
    `\`${row.id}\``,
    row.title,
    row.dataset,
    row.target,
    row.result,
    `${row.seconds} s`,
    row.met ? 'yes' : '**no**',
  ];
  rows.set(row.id, `| ${cells.join(' | ')} |`);
  const lines = order.flatMap((id) => rows.get(id) ?? []);
  const head = page.slice(0, page.indexOf('|---'));
  const rule = page.slice(head.length).split('\n', 1)[0];
  const rest = page.slice(head.length).replace(rowPattern, '').split('\n').slice(1).join('\n').trim();
  return `${head}${rule}\n${lines.join('\n')}\n${rest === '' ? '' : `\n${rest}\n`}`;
}

const textsHeading = '## What the language models write';

/**
 * The page with what a language model wrote, set anew, after the table.
 * @param {string} page @param {string} id @param {string} text
 */
export function mergeText(page, id, text) {
  const [table = '', ...rest] = page.split(`${textsHeading}\n`);
  const texts = new Map(
    rest
      .join('')
      .split(/^### /m)
      .slice(1)
      .map((part) => [part.slice(1, part.indexOf('`', 1)), part.trim()]),
  );
  const lines = text.trim().split('\n');
  texts.set(id, [`\`${id}\``, '', ...lines.map((line) => `    ${line}`.trimEnd())].join('\n'));
  const parts = [...texts.values()].map((part) => `### ${part}\n`);
  return `${table.trimEnd()}\n\n${textsHeading}\n\n${parts.join('\n')}`;
}
