import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const require = createRequire(import.meta.url);
const projectRoot = resolve(import.meta.dirname, '../..');
const configFile = join(projectRoot, '.dependency-cruiser.cjs');
const rules: { name: string }[] = require(configFile).forbidden;

/** By rule: a tree of files in which that rule must fire, and the file it must name. */
const fixtures: Readonly<Record<string, { files: Readonly<Record<string, string>>; from: string }>> = {
  'no-cycles': {
    from: 'shared/graph/a1.ts',
    files: {
      'shared/graph/a1.ts': "import { b } from './b1.ts';\nexport const a = (): unknown => b;\n",
      'shared/graph/b1.ts': "import { a } from './a1.ts';\nexport const b = (): unknown => a;\n",
    },
  },
  'no-unresolved': {
    from: 'shared/graph/a2.ts',
    files: { 'shared/graph/a2.ts': "import { b } from './gone.ts';\nexport const a = b;\n" },
  },
  'shared-imports-shared-only': {
    from: 'shared/graph/a3.ts',
    files: {
      'shared/graph/a3.ts': "import { readFileSync } from 'node:fs';\nexport const a = readFileSync;\n",
    },
  },
  'shared-tensor-types-only': {
    from: 'shared/graph/a4.ts',
    files: { 'shared/graph/a4.ts': "import { add } from '@tensorflow/tfjs-core';\nexport const a = add;\n" },
  },
  'renderer-not-main': {
    from: 'renderer/a5.ts',
    files: {
      'renderer/a5.ts': "import { b } from '../main/b5.ts';\nexport const a = b;\n",
      'main/b5.ts': 'export const b = 1;\n',
    },
  },
  'main-not-renderer': {
    from: 'main/a6.ts',
    files: {
      'main/a6.ts': "import { b } from '../renderer/b6.ts';\nexport const a = b;\n",
      'renderer/b6.ts': 'export const b = 1;\n',
    },
  },
  'tensor-library-in-engine-only': {
    from: 'main/services/a7.ts',
    files: { 'main/services/a7.ts': "import { add } from '@tensorflow/tfjs-core';\nexport const a = add;\n" },
  },
  'electron-in-app-only': {
    from: 'main/engine/a8.ts',
    files: { 'main/engine/a8.ts': "import { app } from 'electron';\nexport const a = app;\n" },
  },
  'engine-not-hosts': {
    from: 'main/engine/a9.ts',
    files: {
      'main/engine/a9.ts': "import { b } from '../server/b9.ts';\nexport const a = b;\n",
      'main/server/b9.ts': 'export const b = 1;\n',
    },
  },
  'services-not-front-doors': {
    from: 'main/services/a10.ts',
    files: {
      'main/services/a10.ts': "import { b } from '../cli/b10.ts';\nexport const a = b;\n",
      'main/cli/b10.ts': 'export const b = 1;\n',
    },
  },
  'node-files-stand-alone': {
    from: 'shared/nodes/layers/a11.ts',
    files: {
      'shared/nodes/layers/a11.ts': "import { b } from '../losses/b11.ts';\nexport const a = b;\n",
      'shared/nodes/losses/b11.ts': 'export const b = 1;\n',
    },
  },
  'not-to-tests': {
    from: 'main/a12.ts',
    files: {
      'main/a12.ts': "import { b } from '../tests/b12.ts';\nexport const a = b;\n",
      'tests/b12.ts': 'export const b = 1;\n',
    },
  },
};

const allowed: Readonly<Record<string, string>> = {
  'shared/graph/allowed.ts':
    "import { z } from 'zod';\nimport type { Tensor } from '@tensorflow/tfjs-core';\nexport const a = z;\nexport type B = Tensor;\n",
  'main/engine/allowed.ts': "import { add } from '@tensorflow/tfjs-core';\nexport const b = add;\n",
  'main/app/allowed.ts': "import { app } from 'electron';\nexport const c = app;\n",
  'renderer/allowed.ts': "import { a } from '../shared/graph/allowed.ts';\nexport const d = a;\n",
};

const root = mkdtempSync(join(tmpdir(), 'neuroloom-rules-'));
let violations: { rule: string; from: string }[] = [];
beforeAll(() => {
  violations = cruise(Object.assign({}, allowed, ...Object.values(fixtures).map(({ files }) => files)));
}, 60_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('dependency rules', () => {
  it('have a fixture each', () => {
    expect(Object.keys(fixtures).sort()).toEqual(rules.map(({ name }) => name).sort());
  });

  it.each(Object.entries(fixtures))('%s fires', (rule, { from }) => {
    expect(violations).toContainEqual({ rule, from });
  });

  it('accept what is allowed', () => {
    expect(violations.filter(({ from }) => from in allowed)).toEqual([]);
  });
});

/** Dependency-cruiser's findings, with the project's own rules, in a tree of these files. */
function cruise(files: Readonly<Record<string, string>>): { rule: string; from: string }[] {
  const stubs = {
    'node_modules/zod/index.js': '',
    'node_modules/@tensorflow/tfjs-core/index.js': '',
    'node_modules/electron/index.js': '',
    'package.json': JSON.stringify({
      type: 'module',
      dependencies: { zod: '*', electron: '*', '@tensorflow/tfjs-core': '*' },
    }),
  };
  for (const [path, text] of Object.entries({ ...stubs, ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const program = join(projectRoot, 'node_modules/dependency-cruiser', cruiserProgram());
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [program, '--config', configFile, '--output-type', 'json', 'shared', 'main', 'renderer'],
    { cwd: root, encoding: 'utf8' },
  );
  expect(stderr).not.toMatch(/ERROR/);
  const report: { summary: { violations: { rule: { name: string }; from: string }[] } } = JSON.parse(stdout);
  return report.summary.violations.map(({ rule, from }) => ({ rule: rule.name, from }));
}

function cruiserProgram(): string {
  return require(join(projectRoot, 'node_modules/dependency-cruiser/package.json')).bin.depcruise;
}
