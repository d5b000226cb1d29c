import { expect, it } from 'vitest';
import { tabHints } from '#renderer/stores/tabHints.ts';

it('tells documents of one name apart by their files, else by their folders', () => {
  const hints = tabHints([
    { name: 'Spirals', path: '/home/a/first.neuroloom.json' },
    { name: 'Spirals', path: '/home/a/second.neuroloom.json' },
    { name: 'Digits', path: '/home/a/net.neuroloom.json' },
    { name: 'Digits', path: 'C:\\work\\net.neuroloom.json' },
    { name: 'Names', path: '/home/a/names.neuroloom.json' },
    { name: 'Spirals', path: null },
    { name: 'quick', path: '/home/a/quick.neuroloom.json' },
    { name: 'quick', path: null },
  ]);
  const quick = ['quick.neuroloom.json', undefined];
  expect(hints).toEqual(['first', 'second', 'a', 'work', undefined, undefined, ...quick]);
});
