import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { atomicWrite, IncompleteWriteError } from '#main/services/atomicWrite.ts';
import { errorCode } from '#main/services/hostFailure.ts';
import { type Fault, faultyFileSystem } from './faultyFileSystem.ts';

const OLD = 'the old file\n';
const NEW = `the new file, rather longer than before\n${'é'.repeat(3000)}`;

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neuroloom-write-'));
  path = join(folder, 'net.neuroloom.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const faults: readonly Fault[] = [
  { kind: 'error', code: 'ENOSPC' },
  { kind: 'error', code: 'EIO' },
  { kind: 'error', code: 'EACCES' },
  { kind: 'error', code: 'EROFS' },
  /** Every call from the k-th on fails, as in a process that is being killed: nothing is cleaned up. */
  { kind: 'dead' },
  { kind: 'short write' },
  /** Reports all bytes as written and writes half of them. */
  { kind: 'lying write' },
  /** Writes the right number of wrong bytes. */
  { kind: 'garbled write' },
];

describe('atomicWrite', () => {
  it('replaces a file and leaves nothing beside it', async () => {
    await writeFile(path, OLD);
    await atomicWrite(path, NEW);
    expect(await readFile(path, 'utf8')).toBe(NEW);
    expect(await readdir(folder)).toEqual(['net.neuroloom.json']);
  });

  it('makes a file, empty ones and raw bytes as well', async () => {
    await atomicWrite(path, '');
    expect(await readFile(path, 'utf8')).toBe('');
    await atomicWrite(path, new Uint8Array([0, 255, 10]));
    expect([...(await readFile(path))]).toEqual([0, 255, 10]);
  });

  it.each(faults.map((fault) => [fault.kind === 'error' ? fault.code : fault.kind, fault] as const))(
    'leaves the old file or the new one when the k-th call meets %s, for every k',
    async (_name, fault) => {
      let outcomes = { old: 0, new: 0 };
      for (let k = 1; ; k += 1) {
        await writeFile(path, OLD);
        const { fileSystem, calls } = faultyFileSystem(k, fault);
        const failure: unknown = await atomicWrite(path, NEW, { fileSystem }).then(
          () => null,
          (error: unknown) => error,
        );
        const content = await readFile(path, 'utf8');
        expect([OLD, NEW], `call ${k} (${calls[k - 1]})`).toContain(content);
        if (failure === null) expect(content, `call ${k} succeeded`).toBe(NEW);
        else expect(content, `call ${k} (${calls[k - 1]}) failed`).toBe(OLD);
        const left = (await readdir(folder)).filter((name) => name.endsWith('.tmp'));
        if (fault.kind !== 'dead') expect(left, `call ${k} (${calls[k - 1]})`).toEqual([]);
        outcomes =
          content === OLD ? { ...outcomes, old: outcomes.old + 1 } : { ...outcomes, new: outcomes.new + 1 };
        for (const name of left) await rm(join(folder, name));
        if (calls.length < k) break;
      }
      // At least: looking at the link and the mode, open, write, sync, size, close, read back, rename, folder.
      expect(outcomes.old + outcomes.new).toBeGreaterThan(10);
      expect(outcomes.new).toBeGreaterThan(0);
      if (fault.kind !== 'short write') expect(outcomes.old).toBeGreaterThan(0);
    },
  );

  it('says that bytes are missing', async () => {
    await writeFile(path, OLD);
    const { fileSystem } = faultyFileSystem(1, { kind: 'lying write' }, 'write');
    await expect(atomicWrite(path, NEW, { fileSystem })).rejects.toBeInstanceOf(IncompleteWriteError);
    const stuck = faultyFileSystem(1, { kind: 'stuck write' }, 'write');
    await expect(atomicWrite(path, NEW, { fileSystem: stuck.fileSystem })).rejects.toBeInstanceOf(
      IncompleteWriteError,
    );
    expect(await readFile(path, 'utf8')).toBe(OLD);
  });

  it('tries again on Windows while another program holds the file, and only there', async () => {
    await writeFile(path, OLD);
    const held = () => faultyFileSystem(1, { kind: 'error', code: 'EBUSY' }, 'rename');
    await expect(
      atomicWrite(path, NEW, { fileSystem: held().fileSystem, platform: 'linux' }),
    ).rejects.toSatisfy((error) => errorCode(error) === 'EBUSY');
    expect(await readFile(path, 'utf8')).toBe(OLD);
    await atomicWrite(path, NEW, { fileSystem: held().fileSystem, platform: 'win32' });
    expect(await readFile(path, 'utf8')).toBe(NEW);
  });

  it('keeps the permissions of the file and writes through a link', async () => {
    await writeFile(path, OLD);
    await chmod(path, 0o640);
    const link = join(folder, 'link.json');
    await symlink(path, link);
    await atomicWrite(link, NEW);
    expect(await readFile(path, 'utf8')).toBe(NEW);
    expect((await readdir(folder)).sort()).toEqual(['link.json', 'net.neuroloom.json']);
    expect(((await stat(path)).mode & 0o777).toString(8)).toBe('640');
  });

  it('lets two writers of one file end with one of both', async () => {
    const texts = Array.from({ length: 20 }, (_, index) => `${index}`.repeat(10_000));
    await Promise.all(texts.map((text) => atomicWrite(path, text)));
    expect(texts).toContain(await readFile(path, 'utf8'));
    expect(await readdir(folder)).toEqual(['net.neuroloom.json']);
  });
});
