import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRandom } from '#main/engine/data/random.ts';
import { serializeDocument } from '#shared/graph/serializeDocument.ts';
import { buildDocument } from '#shared/templates/buildDocument.ts';
import { shapesNetwork } from '../engine/shapesNetwork.ts';
import { writeShapes } from '../unit/main/services/data/pictures/pictureFolder.ts';
import { expect, test } from './pages/serveApp.ts';

/** Two clouds of points, and a column that says nothing. */
function table(): string {
  const random = createRandom(1, 'table');
  const rows = Array.from({ length: 200 }, (_, row) => {
    const far = row % 2 === 1;
    const [x, y] = [random.normal() + (far ? 4 : 0), random.normal() - (far ? 3 : 0)];
    return `${row};${x.toFixed(3)};${y.toFixed(3)};${far ? 'far' : 'near'}`;
  });
  return `nr;east;north;where\n${rows.join('\n')}\n`;
}

const tableNetwork = buildDocument({
  name: 'Clouds',
  epochs: 20,
  batchSize: 16,
  nodes: [
    { id: 'table', kind: 'csv', at: [0, 0] },
    { id: 'logits', kind: 'dense', params: { units: 2 }, at: [1, 0] },
    { id: 'loss', kind: 'softmax-cross-entropy', at: [2, 0] },
    { id: 'adam', kind: 'adam', params: { learningRate: 0.05 }, at: [3, 0] },
    { id: 'accuracy', kind: 'accuracy', at: [2, 1] },
  ],
  wires: [
    'table.features > logits.x',
    'logits.y > loss.logits',
    'table.label > loss.labels',
    'loss.loss > adam.loss',
    'logits.y > accuracy.prediction',
    'table.label > accuracy.labels',
  ],
});

test('a table of one’s own: chosen, looked at, corrected, trained on, judged', async ({
  app,
  page,
  served,
}) => {
  await writeFile(join(served.filesRoot, 'clouds.csv'), table());
  await writeFile(join(served.filesRoot, 'clouds.neuroloom.json'), serializeDocument(tableNetwork));
  await app.openFile('clouds');
  await app.openTab('Data');
  await page.getByRole('button', { name: 'Choose a file' }).first().click();
  await app.dialog.getByRole('option', { name: 'clouds.csv' }).click();
  await app.dialog.getByRole('button', { name: 'Open' }).click();

  const columns = page.getByRole('table', { name: 'Columns' });
  await expect(columns.getByRole('row', { name: /^where/ })).toHaveAttribute('data-role', 'target');
  await expect(columns.getByRole('row', { name: /^nr/ })).toHaveAttribute('data-role', 'ignored');
  await expect(page.locator('[data-split=train]')).toHaveText('140');
  await expect(page.getByRole('table', { name: 'First rows' })).toContainText('near');
  await columns.getByRole('combobox', { name: 'What north is for' }).click();
  await page.getByRole('option', { name: 'left out' }).click();
  await expect(columns.getByRole('row', { name: /^north/ })).toHaveAttribute('data-role', 'ignored');
  await expect(app.problems).toHaveCount(0);

  await app.press('Train');
  await app.openTab('Training');
  await app.expectRun('finished');
  expect(await app.figure('accuracy', 'validation')).toBeGreaterThan(90);
  await app.openTab('Evaluate');
  await expect(page.locator('.confusion')).toContainText('near');
});

test('a folder of one’s own pictures: chosen, looked at, seen, trained on, judged', async ({
  app,
  page,
  served,
}) => {
  const pictures = join(served.filesRoot, 'shapes');
  await mkdir(pictures);
  await writeShapes(pictures, 60);
  await writeFile(join(pictures, 'disc', 'broken.jpg'), 'no picture');
  await writeFile(
    join(served.filesRoot, 'net.neuroloom.json'),
    serializeDocument(shapesNetwork({ path: 'shapes' }, 16)),
  );
  await app.openFile('net');
  // The graph names the folder, but nobody has picked it.
  await app.openTab('Data');
  await expect(page.getByText('which you have not picked').first()).toBeVisible();
  await page.getByRole('button', { name: 'Choose a folder' }).first().click();
  await app.dialog.getByRole('option', { name: 'shapes' }).click();
  await expect(app.dialog.getByTestId('folder')).toHaveText(/shapes$/);
  await app.dialog.getByRole('button', { name: 'Choose this folder' }).click();

  const classes = page.getByRole('table', { name: 'Classes' });
  await expect(classes.getByRole('row', { name: /^square/ })).toContainText('60');
  await expect(page.getByText('cannot be read and is left out').first()).toBeVisible();
  await page.getByText('One file is left out').click();
  await expect(page.getByText('it is neither JPEG nor PNG')).toBeVisible();
  await expect(page.getByTestId('data-samples').getByRole('img').first()).toBeVisible();
  await expect(page.locator('[data-split=train]')).toHaveText('84');

  await app.press('Train');
  await app.openTab('Training');
  await app.expectRun('finished');
  expect(await app.figure('accuracy', 'validation')).toBeGreaterThan(75);
  await app.openTab('Evaluate');
  await expect(page.locator('.confusion')).toContainText('disc');
});
