import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whyNoWindow } from '../../../scripts/electronBinary.mjs';
import { hashPaths } from '../../../scripts/fingerprint.mjs';
import { withLock } from '../../../scripts/lock.mjs';
import { isSupportedNode } from '../../../scripts/nodeVersion.mjs';
import { recallFailure, rememberFailure } from '../../../scripts/remember.mjs';
import { findDamage, hashLargeFile } from '../../../scripts/runtimePack/packManifest.mjs';
import { addCounts, countsLine, readCounts } from '../../../scripts/testCounts.mjs';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'neuroloom-setup-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('Node version', () => {
  it.each([
    ['18.20.0', false],
    ['20.18.3', false],
    ['20.19.0', true],
    ['22.12.0', true],
    ['24.1.0', true],
  ])('%s', (version, supported) => {
    expect(isSupportedNode(version)).toBe(supported);
  });
});

describe('window', () => {
  it('needs a display on Linux, and a user other than root', () => {
    expect(whyNoWindow({ platform: 'linux', env: {}, isRoot: false })).toBe('there is no display');
    expect(whyNoWindow({ platform: 'linux', env: { DISPLAY: ':0' }, isRoot: false })).toBeNull();
    expect(whyNoWindow({ platform: 'linux', env: { WAYLAND_DISPLAY: 'w' }, isRoot: true })).toContain('root');
    expect(whyNoWindow({ platform: 'darwin', env: {}, isRoot: false })).toBeNull();
  });
});

describe('counts', () => {
  it('end in the plain line', () => {
    expect(countsLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
    expect(countsLine({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
    expect(addCounts({ passed: 1, failed: 2, skipped: 3 }, { passed: 1, failed: 1, skipped: 1 })).toEqual({
      passed: 2,
      failed: 3,
      skipped: 4,
    });
  });

  it('take a runner that ended badly for a failure, whatever its report says', () => {
    const path = join(folder, 'report.json');
    expect(readCounts('vitest', path, 0).failed).toBe(1);
    const report = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 1, numTodoTests: 0 };
    writeFileSync(path, JSON.stringify(report));
    expect(readCounts('vitest', path, 0)).toEqual({ passed: 5, failed: 0, skipped: 1 });
    expect(readCounts('vitest', path, 1).failed).toBe(1);
    writeFileSync(path, JSON.stringify({ stats: { expected: 2, unexpected: 1, flaky: 1, skipped: 0 } }));
    expect(readCounts('playwright', path, 1)).toEqual({ passed: 2, failed: 2, skipped: 0 });
  });
});

describe('fingerprint', () => {
  it('follows contents and names, not the order of the paths', () => {
    mkdirSync(join(folder, 'tree/sub'), { recursive: true });
    writeFileSync(join(folder, 'tree/a'), '1');
    writeFileSync(join(folder, 'tree/sub/b'), '2');
    const before = hashPaths(folder, ['tree', 'gone']);
    expect(hashPaths(folder, ['gone', 'tree'])).toBe(before);
    writeFileSync(join(folder, 'tree/sub/b'), '3');
    expect(hashPaths(folder, ['tree', 'gone'])).not.toBe(before);
  });
});

describe('remembered failures', () => {
  it('are forgotten with age and when what they depended on changes', () => {
    const path = join(folder, 'note.json');
    expect(recallFailure(path, { maxAge: 1000 })).toBeNull();
    rememberFailure(path, { key: 'a', reason: 'no network' });
    expect(recallFailure(path, { maxAge: 60_000, key: 'a' })?.reason).toBe('no network');
    expect(recallFailure(path, { maxAge: 60_000, key: 'b' })).toBeNull();
    expect(recallFailure(path, { maxAge: 0, key: 'a' })).toBeNull();
  });
});

describe('lock', () => {
  it('lets one work at a time and takes over from a process that is gone', async () => {
    const path = join(folder, 'lock');
    writeFileSync(path, '999999999');
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside++;
      most = Math.max(most, inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside--;
    };
    await withLock(path, work);
    await withLock(path, work);
    expect(most).toBe(1);
  });
});

describe('pack verification', () => {
  it('names the damaged or missing file', async () => {
    const pack = join(folder, 'pack');
    mkdirSync(join(pack, 'lib'), { recursive: true });
    writeFileSync(join(pack, 'lib/one'), 'one');
    writeFileSync(join(pack, 'lib/two'), 'two');
    const files = {
      'lib/one': await hashLargeFile(join(pack, 'lib/one')),
      'lib/two': await hashLargeFile(join(pack, 'lib/two')),
    };
    const manifest = {
      id: 'tensorflow-cpu',
      libraryVersion: '2.21.0',
      platform: 'linux',
      arch: 'x64',
      addonSourceHash: '',
      files,
    };
    const stamp = join(folder, 'verified.json');
    expect(await findDamage(pack, manifest, stamp)).toBeNull();
    writeFileSync(join(pack, 'lib/two'), 'twO');
    expect(await findDamage(pack, manifest, stamp)).toBe('lib/two');
    rmSync(join(pack, 'lib/one'));
    expect(await findDamage(pack, manifest, stamp)).toBe('lib/one');
  });
});
