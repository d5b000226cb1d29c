import { BuildArea } from './pages/BuildArea.ts';
import { expect, test } from './pages/serveApp.ts';

test('an LSTM classifier is built from nothing out of the library, by mouse, and learns', async ({
  app: _app,
  page,
}) => {
  const build = new BuildArea(page);
  await build.begin();
  await build.addFromLibrary('first names', 'first-names-1');
  await build.addFromLibrary('embedding', 'embedding-1');
  await build.addFromLibrary('lstm', 'lstm-1');
  await build.set('lstm-1', { Units: 16 });
  await build.inspector.getByRole('radio', { name: 'Last state', exact: true }).click();
  await build.addFromLibrary('dense', 'dense-1');
  await build.set('dense-1', { Units: 2 });
  await build.addFromLibrary('softmax ce', 'softmax-cross-entropy-1');
  await build.addFromLibrary('adam', 'adam-1');
  await build.expectWire('first-names-1.name', 'embedding-1.x');
  await build.expectWire('lstm-1.y', 'dense-1.x');
  await build.fit();
  await build.wire(
    'first-names-1.mask > lstm-1.mask',
    'first-names-1.label > softmax-cross-entropy-1.labels',
  );
  await build.trainSteps(2);
});

test('the LSTM classifier again, by keyboard alone', async ({ app: _app, page }) => {
  const build = new BuildArea(page);
  const { keyboard } = page;
  const search = page.locator('input[role=combobox]');
  const choose = async (keys: string, words: string): Promise<void> => {
    await keyboard.press(keys);
    await expect(search).toBeFocused();
    await keyboard.type(words);
    await keyboard.press('Enter');
    await expect(search).toBeHidden();
  };
  const add = async (words: string, id: string): Promise<void> => {
    await choose('Shift+A', words);
    await expect(build.canvas.card(id)).toHaveClass(/selected/);
  };
  await keyboard.press('Control+n');
  await expect(page.locator('.react-flow__pane')).toBeVisible();
  await add('first names', 'first-names-1');
  await add('embedding', 'embedding-1');
  await build.expectWire('first-names-1.name', 'embedding-1.x');
  await add('lstm', 'lstm-1');
  // From one field to the next: units, layers, both directions, output.
  await keyboard.press('e');
  await keyboard.type('16');
  for (let field = 0; field < 3; field++) await keyboard.press('Tab');
  await keyboard.press('ArrowRight');
  await keyboard.press('Enter');
  await expect(build.inspector.getByRole('radio', { name: 'Last state' })).toBeChecked();
  await keyboard.press('Escape');
  await choose('c', 'mask');
  await build.expectWire('first-names-1.mask', 'lstm-1.mask');
  await add('dense', 'dense-1');
  await keyboard.press('e');
  await keyboard.type('2');
  await keyboard.press('Escape');
  await add('softmax ce', 'softmax-cross-entropy-1');
  await choose('c', 'first names · label');
  await build.expectWire('first-names-1.label', 'softmax-cross-entropy-1.labels');
  await add('adam', 'adam-1');
  await keyboard.press('Control+Shift+Enter');
  await build.expectStep(1);
  await expect(page.locator('.react-flow__edge')).toHaveCount(7);
});

test('a transformer is built from nothing by mouse, and learns', async ({ app: _app, page }) => {
  const build = new BuildArea(page);
  await build.begin();
  for (const [query, id] of [
    ['first names', 'first-names-1'],
    ['embedding', 'embedding-1'],
    ['positions', 'position-embedding-1'],
    ['multi head attention', 'multi-head-attention-1'],
    ['add', 'add-1'],
    ['layer normalization', 'layer-normalization-1'],
    ['dense', 'dense-1'],
    ['dense', 'dense-2'],
    ['add', 'add-2'],
    ['reduce', 'reduce-1'],
    ['dense', 'dense-3'],
    ['softmax ce', 'softmax-cross-entropy-1'],
    ['adam', 'adam-1'],
  ] as const) {
    await build.add(query, id);
  }
  await build.set('reduce-1', { Axes: '1' });
  await build.set('dense-3', { Units: 2 });
  await build.arrange();
  await build.wire(
    'first-names-1.name > embedding-1.x',
    'embedding-1.y > position-embedding-1.x',
    'position-embedding-1.y > multi-head-attention-1.query',
    'multi-head-attention-1.y > add-1.values',
    'position-embedding-1.y > add-1.values',
    'add-1.y > layer-normalization-1.x',
    'layer-normalization-1.y > dense-1.x',
    'dense-1.y > dense-2.x',
    'dense-2.y > add-2.values',
    'layer-normalization-1.y > add-2.values',
    'add-2.y > reduce-1.x',
    'reduce-1.y > dense-3.x',
    'dense-3.y > softmax-cross-entropy-1.logits',
    'first-names-1.label > softmax-cross-entropy-1.labels',
    'softmax-cross-entropy-1.loss > adam-1.loss',
  );
  await build.trainSteps(2);
});

test('a GAN with a shared discriminator block is built from nothing by mouse, and learns', async ({
  app: _app,
  page,
}) => {
  const build = new BuildArea(page);
  await build.begin();
  for (const [query, id] of [
    ['two spirals', 'two-spirals-1'],
    ['noise', 'noise-1'],
    ['dense', 'dense-1'],
    ['dense', 'dense-2'],
    ['dense', 'dense-3'],
    ['discriminator loss', 'discriminator-loss-1'],
    ['generator loss', 'generator-loss-1'],
    ['adam', 'adam-1'],
    ['adam', 'adam-2'],
  ] as const) {
    await build.add(query, id);
  }
  await build.set('dense-1', { Units: 2 });
  await build.set('dense-3', { Units: 1 });
  await build.arrange();
  await build.wire(
    'two-spirals-1.point > noise-1.like',
    'noise-1.y > dense-1.x',
    'two-spirals-1.point > dense-2.x',
    'dense-2.y > dense-3.x',
    'dense-3.y > discriminator-loss-1.real',
    'discriminator-loss-1.loss > adam-1.loss',
    'generator-loss-1.loss > adam-2.loss',
  );
  await build.select('dense-2');
  await build.select('dense-3', { too: true });
  const onReal = await build.press('Make a block of the selection');
  const onMade = await build.press('Duplicate with shared weights');
  expect(onMade).not.toBe(onReal);
  await expect(build.inspector).toContainText(onReal);
  await build.arrange();
  await build.wire(
    `dense-1.y > ${onMade}.x`,
    `${onMade}.y > discriminator-loss-1.fake`,
    `${onMade}.y > generator-loss-1.fake`,
  );
  await build.trains('adam-1', onReal);
  await build.trains('adam-2', 'dense-1');
  await build.trainSteps(2);
});
