import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeNodes, setParam } from '#shared/graph/commands.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import { parseDocument } from '#shared/graph/parseDocument.ts';
import { serializeDocument } from '#shared/graph/serializeDocument.ts';
import { templates } from '#shared/templates/index.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..');
const base = templates.find(({ id }) => id === 'cnn-mnist')?.document as GraphDocument;
const conv = base.nodes.find(({ kind }) => kind === 'conv2d')?.id ?? '';
const changed = (param: string, value: number): string => {
  const result = setParam(conv, param, value).apply(base);
  if (!result.ok) throw new Error(result.error.code);
  return serializeDocument(result.value);
};

describe('neuroloom merge, driven by git', () => {
  const folder = mkdtempSync(join(tmpdir(), 'neuroloom-merge-'));
  const file = join(folder, 'net.neuroloom.json');
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  const commit = (text: string): void => {
    writeFileSync(file, text);
    git('add', '.');
    git('commit', '-qm', 'change');
  };
  /** What is said of a merge that leaves something to be decided. */
  const refused = (branch: string): string => {
    try {
      return `merged: ${git('merge', branch, '-m', 'merge')}`;
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      return stdout + stderr;
    }
  };
  const paramsNow = () => {
    const parsed = parseDocument(readFileSync(file, 'utf8'));
    return parsed.ok ? parsed.value.nodes.find(({ id }) => id === conv)?.params : null;
  };

  beforeAll(() => {
    const driver = join(folder, '.git', 'driver.cjs');
    git('init', '-q', '-b', 'main');
    // The command itself, in one file as it is installed.
    buildSync({
      stdin: {
        contents: `import { createOutput } from './main/cli/output.ts';
          import { merge } from './main/cli/commands/merge.ts';
          const [base, ours, theirs, path] = process.argv.slice(2);
          merge({ base, ours, theirs, path }, createOutput(false, process.stdout, process.stderr))
            .then((code) => { process.exitCode = code; });`,
        resolveDir: root,
      },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile: driver,
      logLevel: 'error',
    });
    git('config', 'user.name', 'test');
    git('config', 'user.email', 'test@example.org');
    git('config', 'merge.neuroloom.driver', `"${process.execPath}" "${driver}" %O %A %B %P`);
    writeFileSync(join(folder, '.gitattributes'), '*.neuroloom.json merge=neuroloom\n');
    commit(serializeDocument(base));
    git('branch', 'theirs');
    git('branch', 'rival');
    git('branch', 'without');
    git('branch', 'broken');
    commit(changed('filters', 7));
    git('checkout', '-q', 'theirs');
    commit(changed('kernel', 5));
    git('checkout', '-q', 'rival');
    commit(changed('filters', 9));
    git('checkout', '-q', 'without');
    const removed = removeNodes([conv]).apply(base);
    commit(removed.ok ? serializeDocument(removed.value) : '');
    git('checkout', '-q', 'broken');
    commit('{"format":');
    git('checkout', '-q', 'main');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('joins two parameters of one node, which stand on one line of the file', () => {
    git('merge', '-q', 'theirs', '-m', 'merge');
    expect(paramsNow()).toMatchObject({ filters: 7, kernel: 5 });
    expect(git('status', '--porcelain')).toBe('');
  });

  it('reports what both sides changed by name, and leaves a file that opens', () => {
    const said = refused('rival');
    expect(said).toContain(`nodes[${conv}].params.filters: ours 7, theirs 9`);
    expect(said).toContain('CONFLICT');
    expect(paramsNow()).toMatchObject({ filters: 7, kernel: 5 });
    expect(git('status', '--porcelain')).toBe('UU net.neuroloom.json\n');
  });

  it('keeps what one side removed and the other changed, and says so', () => {
    git('merge', '--abort');
    expect(refused('without')).toContain(`nodes[${conv}]: removed by them, changed by us; it is still there`);
    expect(paramsNow()).toMatchObject({ filters: 7, kernel: 5 });
  });

  it('names a version that is no graph by its file and side, and leaves ours', () => {
    git('merge', '--abort');
    expect(refused('broken')).toContain('net.neuroloom.json, their version, cannot be read as a graph');
    expect(paramsNow()).toMatchObject({ filters: 7, kernel: 5 });
  });
});
