import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type UnpackOptions, unpackTarGz } from '#main/services/runtimes/tarArchive.ts';
import { type TarEntry, tarGz } from './packFixture.ts';

let base: string;
let folder: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'neuroloom-tar-'));
  folder = join(base, 'into');
  await mkdir(folder);
});
afterEach(() => rm(base, { recursive: true, force: true }));

function unpack(archive: Buffer, options: Partial<UnpackOptions> = {}): Promise<void> {
  writeFileSync(join(base, 'pack.tar.gz'), archive);
  return unpackTarGz(join(base, 'pack.tar.gz'), {
    folder,
    limits: { entries: 10, bytes: 1_000_000 },
    signal: new AbortController().signal,
    reserve: () => Promise.resolve(),
    onProgress: () => undefined,
    ...options,
  });
}

const refused = expect.objectContaining({ failure: expect.objectContaining({ code: 'archive-refused' }) });

it('unpacks files of any size into their folders', async () => {
  const large = Buffer.alloc(300_001, 3);
  await unpack(
    tarGz([
      { name: './lib/', type: '5' },
      { name: './lib/large', data: large },
      { name: 'lib/empty' },
      { name: 'manifest.json', data: '{}' },
    ]),
  );
  expect(readFileSync(join(folder, 'lib/large')).equals(large)).toBe(true);
  expect(readFileSync(join(folder, 'lib/empty')).length).toBe(0);
  expect(readFileSync(join(folder, 'manifest.json'), 'utf8')).toBe('{}');
});

it('reads long names, of GNU and of pax', async () => {
  const long = `lib/${'a'.repeat(120)}`;
  const other = `lib/${'b'.repeat(130)}`;
  const record = (text: string) => `${text.length + 4} ${text}\n`;
  await unpack(
    tarGz([
      { name: '././@LongLink', type: 'L', data: `${long}\0` },
      { name: 'cut', data: 'gnu' },
      { name: 'pax', type: 'x', data: record(`path=${other}`) },
      { name: 'cut', data: 'pax' },
    ]),
  );
  expect(readFileSync(join(folder, long), 'utf8')).toBe('gnu');
  expect(readFileSync(join(folder, other), 'utf8')).toBe('pax');
});

const hostile: readonly [string, readonly TarEntry[]][] = [
  ['a name that climbs out', [{ name: '../outside', data: 'x' }]],
  ['a name that climbs out in the middle', [{ name: 'lib/../../outside', data: 'x' }]],
  ['an absolute name', [{ name: '/tmp/outside', data: 'x' }]],
  ['a name with a drive', [{ name: 'C:/outside', data: 'x' }]],
  ['a name with backslashes', [{ name: '..\\outside', data: 'x' }]],
  [
    'a long name that climbs out',
    [
      { name: 'x', type: 'L', data: '../../outside\0' },
      { name: 'y', data: 'x' },
    ],
  ],
  ['a symbolic link', [{ name: 'lib', type: '2', link: '/tmp' }]],
  ['a hard link', [{ name: 'lib', type: '1', link: '/etc/passwd' }]],
  ['a device', [{ name: 'null', type: '3' }]],
  [
    'the same name twice',
    [
      { name: 'a', data: 'x' },
      { name: 'A', data: 'y' },
    ],
  ],
  ['more bytes than allowed', [{ name: 'a', data: 'x', size: 2_000_000 }]],
  ['more files than allowed', Array.from({ length: 11 }, (_, index) => ({ name: `f${index}`, data: 'x' }))],
  ['a header of megabytes', [{ name: 'x', type: 'x', data: 'x'.repeat(100_000) }]],
  ['a file that is longer than the archive', [{ name: 'a', data: 'x', size: 900_000 }]],
];

describe.each(hostile)('with %s', (_, entries) => {
  it('is refused and leaves nothing outside its folder', async () => {
    await expect(unpack(tarGz(entries))).rejects.toEqual(refused);
    expect(await readdir(base)).toEqual(['into', 'pack.tar.gz']);
    expect(existsSync('/tmp/outside')).toBe(false);
  });
});

it('an archive that is cut short is refused', async () => {
  const whole = tarGz([
    { name: 'a', data: Buffer.from(Array.from({ length: 50_000 }, (_, i) => (i * 7919) % 256)) },
  ]);
  await expect(unpack(whole.subarray(0, whole.length / 2))).rejects.toEqual(refused);
});

it('something else is refused', async () => {
  await expect(unpack(Buffer.from('no archive at all'))).rejects.toEqual(refused);
});

it('room is asked for before a file is written', async () => {
  const asked: number[] = [];
  const full = (bytes: number) => {
    asked.push(bytes);
    return Promise.reject(new Error('full'));
  };
  await expect(unpack(tarGz([{ name: 'a', data: 'four' }]), { reserve: full })).rejects.toThrow('full');
  expect(asked).toEqual([4]);
  expect(await readdir(folder)).toEqual([]);
});
