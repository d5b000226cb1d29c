import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findResourcePaths } from '#main/services/paths.ts';
import { ask } from './serverFixture.ts';

interface Served {
  readonly process: ChildProcess;
  readonly output: () => string;
  readonly errors: () => string;
  readonly ended: Promise<number | null>;
}

let folder: string;
let running: Served[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neuroloom-serve-'));
});
afterEach(async () => {
  for (const { process: child } of running) child.kill('SIGKILL');
  await Promise.all(running.map(({ ended }) => ended));
  running = [];
  await rm(folder, { recursive: true, force: true });
});

/** The built command line, as `npm start` runs it without a screen. */
function serve(...options: string[]): Served {
  const bundle = join(findResourcePaths().root, 'dist', 'cli', 'neuroloom.cjs');
  const child = spawn(process.execPath, [bundle, 'serve', '--data-dir', join(folder, 'data'), ...options]);
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const served = { process: child, output: () => output, errors: () => errors, ended };
  running.push(served);
  return served;
}

async function addressOf(served: Served): Promise<URL> {
  await expect.poll(() => `${served.output()}${served.errors()}`, { timeout: 20_000 }).toContain('token=');
  return new URL(served.output().trim());
}

describe('serve', () => {
  it('prints one line, serves the built page behind it and ends on request', async () => {
    const served = serve();
    const address = await addressOf(served);
    expect(served.output()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[A-Za-z0-9_-]{32}\n$/);
    const port = Number(address.port);
    const exchange = await ask({ port, path: `/${address.search}` });
    const cookie = exchange.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    const page = await ask({ port, path: '/', headers: { Cookie: cookie } });
    expect([exchange.status, page.status]).toEqual([303, 200]);
    const html = page.body.toString();
    // The policy forbids inline scripts, so the built page must do without.
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>/);
    expect(html).not.toMatch(/\son\w+=/);
    const scripts = [...html.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map(([, path = '']) => path);
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) {
      const path = new URL(script, 'http://localhost/').pathname;
      const { status, headers } = await ask({ port, path, headers: { Cookie: cookie } });
      expect([path, status, headers['cache-control']]).toEqual([
        path,
        200,
        'private, max-age=31536000, immutable',
      ]);
    }
    served.process.kill('SIGTERM');
    expect(await served.ended).toBe(0);
    expect(served.errors()).not.toContain(address.searchParams.get('token'));
  });

  it('says that a port is in use, and which', async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    const address = blocker.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    try {
      const served = serve('--port', String(port));
      expect(await served.ended).toBe(1);
      expect(served.output()).toBe('');
      expect(served.errors()).toContain(`Port ${port} on 127.0.0.1 is in use`);
    } finally {
      blocker.close();
    }
  });

  it.each([
    ['a token that can be guessed', ['--token', 'secret'], 'at least 22'],
    ['a files folder that is not there', ['--root', '/no/such/folder'], '/no/such/folder'],
    ['an address of another machine', ['--host', '203.0.113.1'], '203.0.113.1'],
  ])('refuses %s', async (_name, options, text) => {
    const served = serve(...options);
    expect(await served.ended).toBe(1);
    expect(served.output()).toBe('');
    expect(served.errors()).toContain(text);
  });
});
