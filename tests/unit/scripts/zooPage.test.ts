import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { templates } from '#shared/templates/index.ts';
import { formatTarget, formatValue, reaches } from '../../../scripts/zooTable.mjs';

const page = readFileSync(new URL('../../../docs/zoo.md', import.meta.url), 'utf8');
const rows = [...page.matchAll(/^\| `([a-z0-9-]+)` \|.*$/gm)];

it('the page of the zoo has every template, in their order, and no other', () => {
  expect(rows.map(([, id]) => id)).toEqual(templates.map(({ id }) => id));
});

it.each(templates.map((template) => [template.id, template] as const))(
  'the row of %s says what the template says of itself',
  (id, { title, dataset, expected, measured }) => {
    const cells = [
      `\`${id}\``,
      title,
      dataset,
      formatTarget(expected),
      measured.values.map((value) => formatValue(expected, value)).join(', '),
      `${measured.seconds} s`,
      reaches(expected, measured.values) ? 'yes' : 'no',
    ];
    expect(rows.find(([, other]) => other === id)?.[0]).toBe(`| ${cells.join(' | ')} |`);
  },
);
