import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extractEntry, readZipDirectory } from '../../../main/services/runtimes/zip.mjs';

interface Content {
  readonly name: string;
  readonly text: string;
  readonly mode?: number;
  readonly flags?: number;
  readonly method?: number;
  readonly claimedBytes?: number;
  readonly crc?: number;
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'neuroloom-zip-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('zip reader', () => {
  it('unpacks stored, deflated and empty entries and tells their hash', async () => {
    const archive = write([
      { name: 'a/stored.txt', text: 'stored', method: 0 },
      { name: 'a/', text: '', method: 0 },
      { name: 'a/deflated.txt', text: 'x'.repeat(5000) },
      { name: 'empty', text: '', method: 0 },
    ]);
    const entries = await readZipDirectory(archive);
    expect(entries.map(({ name }) => name)).toEqual(['a/stored.txt', 'a/deflated.txt', 'empty']);
    const hashes: string[] = [];
    for (const entry of entries) {
      hashes.push(await extractEntry(archive, entry, { folder: join(folder, 'out'), name: entry.name }));
    }
    expect(readFileSync(join(folder, 'out/a/stored.txt'), 'utf8')).toBe('stored');
    expect(readFileSync(join(folder, 'out/a/deflated.txt'), 'utf8')).toBe('x'.repeat(5000));
    expect(readFileSync(join(folder, 'out/empty'), 'utf8')).toBe('');
    expect(hashes[2]).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it.each([
    ['a climbing name', [{ name: '../evil', text: 'x' }], 'unsafe name'],
    ['a climbing name inside', [{ name: 'a/../../evil', text: 'x' }], 'unsafe name'],
    ['an absolute name', [{ name: '/etc/evil', text: 'x' }], 'unsafe name'],
    ['a drive letter', [{ name: 'C:/evil', text: 'x' }], 'unsafe name'],
    ['a backslash', [{ name: 'a\\evil', text: 'x' }], 'unsafe name'],
    ['a link', [{ name: 'link', text: '/etc/passwd', mode: 0o120777 }], 'is a link'],
    ['an encrypted entry', [{ name: 'a', text: 'x', flags: 1 }], 'is encrypted'],
    ['an unknown compression', [{ name: 'a', text: 'x', method: 12 }], 'uses compression 12'],
    [
      'a name twice',
      [
        { name: 'a', text: 'x' },
        { name: 'A', text: 'y' },
      ],
      'occurs twice',
    ],
    ['an implausible ratio', [{ name: 'bomb', text: '0'.repeat(4 << 20) }], 'more than 200 times'],
  ] satisfies [string, Content[], string][])('refuses %s', async (_, contents, message) => {
    await expect(readZipDirectory(write(contents))).rejects.toThrow(message);
  });

  it('refuses more entries and bytes than allowed', async () => {
    const archive = write([
      { name: 'a', text: 'xxxx' },
      { name: 'b', text: 'xxxx' },
    ]);
    await expect(readZipDirectory(archive, { entries: 1, bytes: 100, ratio: 10 })).rejects.toThrow(
      '2 entries',
    );
    await expect(readZipDirectory(archive, { entries: 9, bytes: 7, ratio: 10 })).rejects.toThrow(
      'more than 7',
    );
  });

  it('refuses a file that is no zip or is cut short', async () => {
    const path = join(folder, 'cut.whl');
    const whole = readFileSync(write([{ name: 'a', text: 'text' }]));
    writeFileSync(path, whole.subarray(0, whole.length - 5));
    await expect(readZipDirectory(path)).rejects.toThrow('cut short');
    writeFileSync(path, '');
    await expect(readZipDirectory(path)).rejects.toThrow('not a zip');
  });

  it('notices damaged bytes and an entry longer than it says', async () => {
    const damaged = write([{ name: 'a', text: 'text', crc: 1 }]);
    const [first] = await readZipDirectory(damaged);
    if (first === undefined) throw new Error('no entry');
    await expect(extractEntry(damaged, first, { folder: join(folder, 'o1'), name: 'a' })).rejects.toThrow(
      'damaged',
    );
    const longer = write([{ name: 'a', text: 'text', claimedBytes: 2 }]);
    const [second] = await readZipDirectory(longer);
    if (second === undefined) throw new Error('no entry');
    await expect(extractEntry(longer, second, { folder: join(folder, 'o2'), name: 'a' })).rejects.toThrow(
      'longer',
    );
  });

  it('keeps what it writes inside its folder', async () => {
    const archive = write([{ name: 'a', text: 'text' }]);
    const [entry] = await readZipDirectory(archive);
    if (entry === undefined) throw new Error('no entry');
    await expect(
      extractEntry(archive, entry, { folder: join(folder, 'in'), name: '../out' }),
    ).rejects.toThrow('leaves');
  });
});

let count = 0;

/** A zip written by the book (APPNOTE 6.3), with whatever lies the test wants in it. */
function write(contents: readonly Content[]): string {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const content of contents) {
    const raw = Buffer.from(content.text);
    const method = content.method ?? 8;
    const data = method === 8 ? deflateRawSync(raw) : raw;
    const name = Buffer.from(content.name);
    const crc = content.crc ?? crc32(raw);
    const bytes = content.claimedBytes ?? raw.length;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(content.flags ?? 0, 6);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(crc, 14);
    local.writeUInt32LE(data.length, 18);
    local.writeUInt32LE(bytes, 22);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(content.flags ?? 0, 8);
    central.writeUInt16LE(method, 10);
    central.writeUInt32LE(crc, 16);
    central.writeUInt32LE(data.length, 20);
    central.writeUInt32LE(bytes, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(((content.mode ?? 0o100644) << 16) >>> 0, 38);
    central.writeUInt32LE(offset, 42);
    parts.push(local, name, data);
    directory.push(central, name);
    offset += 30 + name.length + data.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(contents.length, 8);
  end.writeUInt16LE(contents.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  const path = join(folder, `${count++}.whl`);
  writeFileSync(path, Buffer.concat([...parts, listing, end]));
  return path;
}
