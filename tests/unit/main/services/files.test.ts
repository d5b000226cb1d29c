import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chosenFilesAccess, type FileAccess, isInside, rootAccess } from '#main/services/fileAccess.ts';
import { createFiles, FILE_SIZE_LIMIT, type Files } from '#main/services/files.ts';
import type { HostError } from '#shared/protocol/host.ts';
import type { Result } from '#shared/protocol/problem.ts';
import { faultyFileSystem } from './faultyFileSystem.ts';

let folder: string;
let root: string;
let access: FileAccess;
let files: Files;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'neuroloom-files-')));
  root = join(folder, 'root');
  await mkdir(root);
  access = okValue(await rootAccess(root));
  files = createFiles(access);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function okValue<T>(result: Result<T, HostError>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
function errorOf(result: Result<unknown, HostError>): HostError {
  if (result.ok) throw new Error('It succeeded');
  return result.error;
}

describe('saving', () => {
  it('makes a file and gives it the ending of a graph', async () => {
    const saved = okValue(await files.save({ path: 'net', text: 'é', overwrite: false }));
    expect(saved.path).toBe(join(root, 'net.neuroloom.json'));
    expect(await readFile(saved.path, 'utf8')).toBe('é');
    const kept = okValue(await files.save({ path: 'old.json', text: '', overwrite: false }));
    expect(kept.path).toBe(join(root, 'old.json'));
  });

  it('does not replace a file by accident', async () => {
    await writeFile(join(root, 'a.json'), 'old');
    const error = errorOf(await files.save({ path: 'a.json', text: 'new', overwrite: false }));
    expect(error.code).toBe('exists');
    expect(error.message).toContain('a.json');
    expect(await readFile(join(root, 'a.json'), 'utf8')).toBe('old');
    okValue(await files.save({ path: 'a.json', text: 'new', overwrite: true }));
    expect(await readFile(join(root, 'a.json'), 'utf8')).toBe('new');
  });

  it('notices that another program changed the file, even when it may be replaced', async () => {
    const { path, modifiedAt } = okValue(await files.save({ path: 'a.json', text: '1', overwrite: false }));
    const again = okValue(
      await files.save({ path, text: '2', expectedModifiedAt: modifiedAt, overwrite: false }),
    );
    await writeFile(path, 'theirs');
    await utimes(path, new Date(), new Date(Date.now() + 60_000));
    for (const overwrite of [true, false]) {
      const request = { path, text: '3', expectedModifiedAt: again.modifiedAt, overwrite };
      expect(errorOf(await files.save(request)).code).toBe('changed-on-disk');
    }
    expect(await readFile(path, 'utf8')).toBe('theirs');
    await rm(path);
    okValue(await files.save({ path, text: '4', expectedModifiedAt: again.modifiedAt, overwrite: false }));
  });

  it.each([
    ['ENOSPC', 'disk-full', 'a.json'],
    ['EDQUOT', 'disk-full', 'a.json'],
    ['EACCES', 'read-only-folder', ''],
    ['EROFS', 'read-only-folder', ''],
    ['EIO', 'input-output', 'a.json'],
  ])('says what %s means, names the place and leaves the file', async (code, expected, place) => {
    await writeFile(join(root, 'a.json'), 'old');
    const { fileSystem } = faultyFileSystem(1, { kind: 'error', code }, 'open');
    const failing = createFiles(access, { fileSystem });
    const error = errorOf(await failing.save({ path: 'a.json', text: 'new', overwrite: true }));
    expect(error.code).toBe(expected);
    expect(error.message).toContain(join(root, place));
    expect(await readFile(join(root, 'a.json'), 'utf8')).toBe('old');
    expect(await readdir(root)).toEqual(['a.json']);
  });

  // The system lets root write to any file.
  it.skipIf(process.getuid?.() === 0)('does not replace a write-protected file', async () => {
    await writeFile(join(root, 'a.json'), 'old', { mode: 0o444 });
    const error = errorOf(await files.save({ path: 'a.json', text: 'new', overwrite: true }));
    expect(error.code).toBe('write-protected');
    expect(await readFile(join(root, 'a.json'), 'utf8')).toBe('old');
  });

  it('refuses a folder, a missing folder and a text that is too large', async () => {
    await mkdir(join(root, 'f.json'));
    expect(errorOf(await files.save({ path: 'f.json', text: '', overwrite: true })).code).toBe('is-a-folder');
    const missing = errorOf(await files.save({ path: 'no/a.json', text: '', overwrite: true }));
    expect(missing.code).toBe('folder-not-found');
    expect(missing.message).toContain(join(root, 'no'));
    expect(missing.message).toContain('Save to another folder');
    const text = 'x'.repeat(FILE_SIZE_LIMIT + 1);
    expect(errorOf(await files.save({ path: 'a.json', text, overwrite: true })).code).toBe('too-large');
    const name = `${'n'.repeat(300)}.json`;
    expect(errorOf(await files.save({ path: name, text: '', overwrite: true })).code).toBe('name-too-long');
  });
});

describe('reading', () => {
  it('gives text and time', async () => {
    const { modifiedAt } = okValue(await files.save({ path: 'a.json', text: 'é', overwrite: false }));
    expect(okValue(await files.read('a.json'))).toEqual({
      path: join(root, 'a.json'),
      text: 'é',
      modifiedAt,
    });
  });

  it('refuses what is no text, too large, a folder, absent or a socket', async () => {
    await writeFile(join(root, 'bytes.json'), new Uint8Array([0xff, 0xfe, 0x00]));
    await writeFile(join(root, 'large.json'), '');
    await truncate(join(root, 'large.json'), FILE_SIZE_LIMIT + 1);
    const codes = async (path: string) => errorOf(await files.read(path)).code;
    expect(await codes('bytes.json')).toBe('not-text');
    expect(await codes('large.json')).toBe('too-large');
    expect(await codes('.')).toBe('is-a-folder');
    expect(await codes('absent.json')).toBe('not-found');
    if (process.platform !== 'win32') {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(join(root, 'socket.json'), resolve));
      expect(await codes('socket.json')).toBe('not-a-file');
      server.close();
    }
  });
});

describe('the root', () => {
  it('holds everything that is named inside it, and nothing else', async () => {
    await writeFile(join(folder, 'secret.json'), 'secret');
    await mkdir(join(folder, 'root-sibling'));
    await symlink(folder, join(root, 'out'));
    await symlink(join(folder, 'nowhere.json'), join(root, 'dangling.json'));
    await symlink(join(root, 'sub'), join(root, 'in'));
    await mkdir(join(root, 'sub'));
    for (const path of ['a.json', './a.json', 'sub/../a.json', join(root, 'a.json'), 'in/a.json']) {
      expect(okValue(await access.resolve(path)).startsWith(root)).toBe(true);
    }
    for (const path of [
      '..',
      '../secret.json',
      'sub/../../secret.json',
      folder,
      `${root}-sibling/a.json`,
      'out/x',
      '/',
    ]) {
      expect([path, errorOf(await access.resolve(path)).code]).toEqual([path, 'outside-root']);
    }
    expect(errorOf(await access.resolve('dangling.json')).code).toBe('not-found');
    expect(errorOf(await access.resolve('a\0b')).code).toBe('invalid-path');
  });

  it('lists folders first, by natural order, without what is hidden or leads out', async () => {
    await mkdir(join(root, 'sub'));
    for (const name of ['net10.json', 'net9.json', '.hidden.json', 'notes.md'])
      await writeFile(join(root, name), '');
    await writeFile(join(folder, 'secret.json'), 'secret');
    await symlink(join(folder, 'secret.json'), join(root, 'leak.json'));
    const listing = okValue(await files.list());
    expect(listing.parent).toBeNull();
    expect(listing.entries.map(({ name, kind }) => [name, kind])).toEqual([
      ['sub', 'folder'],
      ['net9.json', 'file'],
      ['net10.json', 'file'],
    ]);
    expect(okValue(await files.list('sub'))).toMatchObject({ parent: root, entries: [] });
    expect(errorOf(await files.list('net9.json')).code).toBe('not-a-folder');
    expect(errorOf(await files.makeFolder('sub')).code).toBe('exists');
    okValue(await files.makeFolder('new'));
    expect(okValue(await files.list('new')).entries).toEqual([]);
  });

  it('must be a folder', async () => {
    expect(errorOf(await rootAccess(join(folder, 'absent'))).code).toBe('root-missing');
    await writeFile(join(folder, 'file'), '');
    expect(errorOf(await rootAccess(join(folder, 'file'))).code).toBe('root-missing');
  });

  it('is told from its neighbours', () => {
    expect(isInside('/a/b', '/a/b')).toBe(true);
    expect(isInside('/a/b', '/a/b/..c')).toBe(true);
    expect(isInside('/a/b', '/a/bc')).toBe(false);
    expect(isInside('/a/b', '/a')).toBe(false);
  });
});

describe('on the desktop', () => {
  it('only chosen files are used, by whatever way they are named', async () => {
    const chosen = chosenFilesAccess(root);
    const desktop = createFiles(chosen);
    await writeFile(join(root, 'a.json'), 'a');
    await symlink(join(root, 'a.json'), join(root, 'link.json'));
    expect(errorOf(await desktop.read(join(root, 'a.json'))).code).toBe('not-chosen');
    await chosen.allow(join(root, 'link.json'));
    expect(okValue(await desktop.read(join(root, 'a.json'))).text).toBe('a');
    okValue(await desktop.save({ path: join(root, 'link.json'), text: 'b', overwrite: true }));
    expect(await readFile(join(root, 'a.json'), 'utf8')).toBe('b');
    expect(errorOf(await desktop.read(join(root, 'b.json'))).code).toBe('not-chosen');
  });
});
