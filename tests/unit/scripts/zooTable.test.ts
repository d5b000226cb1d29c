import { describe, expect, it } from 'vitest';
import {
  formatTarget,
  mergeRow,
  mergeText,
  otherFigures,
  reaches,
  seedsOf,
} from '../../../scripts/zooTable.mjs';

const page =
  '# Zoo\n\nText.\n\n| template | title | data | target | result | time | reached |\n|---|---|---|---|---|---|---|\n';
const row = (id: string, result: string) => ({
  id,
  title: id.toUpperCase(),
  dataset: 'Data',
  target: 'loss ≤ 1.000',
  result,
  seconds: 3,
  met: true,
});

describe('the table of the zoo', () => {
  it('takes a template’s row anew and keeps the others, in the templates’ order', () => {
    const order = ['a', 'b'];
    const both = mergeRow(mergeRow(page, row('b', '0.9'), order), row('a', '0.8'), order);
    expect(both.split('\n').filter((line) => line.startsWith('| `'))).toEqual([
      '| `a` | A | Data | loss ≤ 1.000 | 0.8 | 3 s | yes |',
      '| `b` | B | Data | loss ≤ 1.000 | 0.9 | 3 s | yes |',
    ]);
    const again = mergeRow(both, row('b', '0.7'), order);
    expect(again).toBe(both.replace('0.9', '0.7'));
    expect(again.startsWith('# Zoo\n\nText.\n')).toBe(true);
  });

  it('keeps what language models write below it', () => {
    const order = ['a', 'b'];
    const table = mergeRow(mergeRow(page, row('a', '1'), order), row('b', '1'), order);
    const both = mergeText(mergeText(table, 'a', '\nCall me\n\n| `b` | Ishmael'), 'b', 'Whale');
    expect(both).toContain('### `a`\n\n    Call me\n\n    | `b` | Ishmael\n\n### `b`\n\n    Whale\n');
    expect(mergeText(both, 'b', 'Ship')).toBe(both.replace('Whale', 'Ship'));
    expect(mergeRow(both, row('b', '0.7'), order)).toBe(
      both.replace('loss ≤ 1.000 | 1 | 3 s | yes |\n\n##', 'loss ≤ 1.000 | 0.7 | 3 s | yes |\n\n##'),
    );
  });

  it('drops the row of a template that is no more', () => {
    const old = mergeRow(page, row('gone', '1'), ['gone']);
    expect(mergeRow(old, row('a', '1'), ['a'])).not.toContain('gone');
  });

  it('trains a template of which nothing was measured once', () => {
    expect(seedsOf({ values: [] }, undefined)).toBe(1);
    expect(seedsOf({ values: [0.9, 0.8] }, undefined)).toBe(2);
    expect(seedsOf({ values: [0.9, 0.8] }, 3)).toBe(3);
  });

  it('says the figures beside the one that counts', () => {
    expect(otherFigures({ loss: 0.123456, recognized: 0.9, classes: 10 }, 'recognized')).toBe(
      ' (loss 0.1235, classes 10)',
    );
    expect(otherFigures({ loss: 0.1 }, 'loss')).toBe('');
  });

  it('holds the mean against the target', () => {
    const target = { metric: 'accuracy', split: 'test', atLeast: 0.8 };
    expect(reaches(target, [0.79, 0.82])).toBe(true);
    expect(reaches(target, [0.79, 0.8])).toBe(false);
    expect(reaches({ metric: 'loss', split: 'test', atMost: 2 }, [2.1])).toBe(false);
    expect(formatTarget(target)).toBe('accuracy ≥ 80.00 %');
  });
});
