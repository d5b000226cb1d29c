import { expect, it } from 'vitest';
import { blockFace } from '#shared/graph/blockFace.ts';
import { blockOf } from '#shared/graph/definitionOf.ts';
import { templates } from '#shared/templates/index.ts';

const document = templates.find(({ id }) => id === 'cnn-residual')?.document;
const instances = document?.nodes.filter(({ kind }) => kind === 'block') ?? [];

it('an instance shows the title, the ports and the size of its block', () => {
  const [instance] = instances;
  const block = document && instance && blockOf(document, instance);
  if (!block || !instance) throw new Error('the template has lost its blocks');
  const face = blockFace(block);
  expect(face.text.title).toBe(block.title);
  expect(face.ports.inputs.map(({ id }) => id)).toEqual(block.inputs.map(({ id }) => id));
  expect(face.ports.outputs.map(({ id }) => id)).toEqual(block.outputs.map(({ id }) => id));
  expect(face.summary(face.params.parse(instance.params))).toEqual([
    `${block.nodes.length} nodes · ${instance.params.repeat} in a row`,
  ]);
  expect(blockFace(block)).toBe(face);
});

it('other nodes, and instances of a block that is not there, have none', () => {
  if (!document) throw new Error('the template is gone');
  const [instance] = instances;
  const other = document.nodes.find(({ kind }) => kind !== 'block');
  if (!instance || !other) throw new Error('the template has changed');
  expect(blockOf(document, other)).toBeUndefined();
  expect(blockOf({ ...document, blocks: [] }, instance)).toBeUndefined();
});
