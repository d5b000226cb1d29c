import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './pages/serveApp.ts';

const document = (change: Record<string, unknown>): string =>
  JSON.stringify({
    format: 'neuroloom',
    version: 1,
    name: 'sample',
    nodes: [],
    edges: [],
    ...change,
  });

/** Checkpoints of all runs, written to their end. */
async function checkpointsIn(runs: string): Promise<number> {
  const lists = (await readdir(runs)).map((run) => readdir(join(runs, run, 'checkpoints')).catch(() => []));
  return (await Promise.all(lists)).flat().filter((name) => !name.startsWith('.')).length;
}

test('a broken, a newer and a foreign file each say what is wrong, and the work stays', async ({
  app,
  page,
  served,
}) => {
  const files = {
    'broken.neuroloom.json': '{\n  "format": "neuroloom",\n  "nodes": [',
    'newer.neuroloom.json': document({ version: 99 }),
    'foreign.json': '{"hello": 1}',
    'twice.neuroloom.json': document({
      nodes: ['a', 'a'].map((id) => ({ id, kind: 'dense', params: {}, position: { x: 0, y: 0 } })),
    }),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(served.filesRoot, name), text);
  await app.openTemplate('mlp-mnist');
  for (const [name, message] of [
    ['broken.neuroloom.json', /“broken.neuroloom.json” was not opened.*not valid JSON at line 3/],
    ['newer.neuroloom.json', /newer Neuroloom \(version 99/],
    ['foreign.json', /not a Neuroloom graph/],
    ['twice.neuroloom.json', /Two nodes have the id “a”/],
  ] as const) {
    await app.openFile(name);
    await expect(app.messages.filter({ hasText: message })).toBeVisible();
    await expect(app.node('MNIST')).toBeVisible();
    expect(await readFile(join(served.filesRoot, name), 'utf8')).toBe(files[name]);
  }
  await expect(page.getByRole('button', { name: 'Document' })).toContainText('MLP on MNIST');
});

test('an unknown kind of node is kept as a placeholder and named among the problems', async ({
  app,
  served,
}) => {
  await writeFile(
    join(served.filesRoot, 'future.neuroloom.json'),
    document({
      nodes: [{ id: 'x', kind: 'flux-capacitor', params: { power: 1.21 }, position: { x: 0, y: 0 } }],
    }),
  );
  await app.openTemplate('mlp-mnist');
  await app.openFile('future.neuroloom.json');
  await expect(app.node('flux-capacitor')).toBeVisible();
  await app.openTab('Problems');
  await expect(app.problems.filter({ hasText: 'flux-capacitor' }).first()).toBeVisible();
});

test('a folder that cannot be written is refused with its name, and the work stays', async ({
  app,
  page,
  served,
}) => {
  const locked = join(served.filesRoot, 'locked');
  await mkdir(locked);
  await chmod(locked, 0o555);
  await app.openTemplate('mlp-mnist');
  await page.keyboard.press('Control+s');
  await app.dialog.getByRole('option', { name: 'locked' }).click();
  await expect(app.dialog.getByTestId('folder')).toHaveText(locked);
  // Root may write anywhere, so a name that is a folder's stands in for the lock there.
  if (process.getuid?.() === 0) await mkdir(join(locked, 'net.neuroloom.json'));
  await app.dialog.getByRole('textbox', { name: 'Name' }).fill('net');
  await app.dialog.getByRole('button', { name: 'Save' }).click();
  await expect(app.messages.filter({ hasText: 'locked' })).toBeVisible();
  await expect(app.node('MNIST')).toBeVisible();
});

test('an engine killed in mid-epoch is named; the run goes on from its checkpoint', async ({
  app,
  page,
  served,
}) => {
  await app.openTemplate('mlp-mnist');
  await app.press('Train');
  // The first checkpoint comes with the end of the first epoch, a moment after its validation.
  await expect.poll(() => app.figure('loss', 'validation'), { timeout: 60_000 }).toBeGreaterThan(0);
  await expect
    .poll(() => checkpointsIn(join(served.dataDir, 'runs')), { timeout: 30_000 })
    .toBeGreaterThan(0);
  const killedAt = await app.step();
  const [engine] = await served.enginePids();
  if (engine === undefined) throw new Error('The server has no engine.');
  process.kill(engine, 'SIGKILL');
  await expect(page.getByTestId('run-failure')).toBeVisible({ timeout: 60_000 });
  await app.expectRun('failed');
  await expect(app.node('MNIST')).toBeVisible();
  const resume = page.getByTestId('run-failure').getByRole('button', { name: /^Resume from step/ });
  const from = Number((await resume.textContent())?.replaceAll(/\D/g, ''));
  expect(from).toBeGreaterThan(0);
  await resume.click();
  await app.expectRun('training');
  await expect.poll(() => app.step(), { timeout: 30_000 }).toBeGreaterThan(Math.max(from, killedAt));
  await app.press('Stop');
  await app.expectRun('stopped');
});

test('work in a window that died is offered again', async ({ app, page, served, context }) => {
  await app.openTemplate('mlp-mnist');
  await app.selectNode('Flatten');
  await page.keyboard.press('Delete');
  await expect(page.getByRole('img', { name: 'unsaved changes' })).toBeVisible();
  // A copy that a living window still edits is not offered to another one, so its file is looked for.
  await expect
    .poll(async () => (await readdir(join(served.dataDir, 'recovery')).catch(() => [])).length)
    .toBe(1);
  // The renderer process ends as in a crash: no handlers run, nothing is saved on the way.
  await page.goto('chrome://crash').catch(() => null);
  const other = await context.newPage();
  // Where the dead window was the one that keeps the list of tabs, its tab comes back with the unsaved copy;
  // else the copy is offered.
  const restore = other.getByRole('button', { name: /^Restore MLP on MNIST/ });
  const card = other.getByRole('article', { name: 'MNIST', exact: true });
  await expect(async () => {
    await other.goto(served.url);
    await expect(restore.or(card)).toBeVisible({ timeout: 3000 });
  }).toPass({ timeout: 30_000 });
  if (await restore.isVisible()) await restore.click();
  await expect(card).toBeVisible();
  await expect(other.getByRole('article', { name: 'Flatten', exact: true })).toHaveCount(0);
});
