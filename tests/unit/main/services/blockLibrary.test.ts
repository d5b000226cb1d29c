import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBlockLibrary } from '#main/services/blockLibrary.ts';
import { readyBlocks } from '#shared/blocks/index.ts';
import { blockBundleSchema } from '#shared/protocol/blocks.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neuroloom-blocks-'));
  path = join(folder, 'blocks.json');
});
afterEach(() => rm(folder, { recursive: true }));

const definitionsOf = (id: string) => {
  const found = readyBlocks.find((block) => block.id === id);
  if (!found) throw new Error(`no block ${id}`);
  return [...found.definitions];
};

describe('the personal library', () => {
  it('keeps blocks with those inside them, for every process that looks', async () => {
    const library = createBlockLibrary(path);
    expect(await library.list()).toEqual({ ok: true, value: [] });
    const saved = await library.save(definitionsOf('dense-block'));
    const other = createBlockLibrary(path);
    const listed = await other.list();
    expect(listed).toMatchObject({ ok: true, value: [{ definitions: definitionsOf('dense-block') }] });
    await other.save(definitionsOf('residual'));
    const id = saved.ok ? saved.value.id : '';
    expect(await library.remove(id)).toEqual({ ok: true, value: null });
    const left = await library.list();
    expect(left.ok && left.value.map(({ definitions }) => definitions.at(-1)?.id)).toEqual(['residual']);
  });

  it('puts a block in the place of an earlier one of the same title', async () => {
    const library = createBlockLibrary(path);
    const [residual] = definitionsOf('residual');
    if (!residual) throw new Error('no residual');
    await library.save([residual]);
    await library.save([{ ...residual, description: 'Another' }]);
    const listed = await library.list();
    expect(listed.ok && listed.value.map(({ definitions }) => definitions[0]?.description)).toEqual([
      'Another',
    ]);
  });

  it('sets a file aside that is no library, and begins anew', async () => {
    await writeFile(path, '{"blocks":[{"id":"x","definitions":[{"id":"__proto__ and more"}]}]}');
    const library = createBlockLibrary(path);
    expect(await library.list()).toEqual({ ok: true, value: [] });
    await library.save(definitionsOf('residual'));
    const files = await readdir(folder);
    expect(files.some((name) => name.startsWith('blocks.corrupt'))).toBe(true);
    expect(JSON.parse(await readFile(path, 'utf8')).blocks).toHaveLength(1);
  });
});

describe('a block from elsewhere', () => {
  it('is refused where it contains itself, lacks a part or has an id twice', () => {
    const [layer, block] = definitionsOf('dense-block');
    if (!layer || !block) throw new Error('the dense block has changed');
    const accepted = (definitions: unknown) => blockBundleSchema.safeParse(definitions).success;
    expect(accepted([layer, block])).toBe(true);
    expect(accepted([block])).toBe(false);
    expect(accepted([block, layer])).toBe(false);
    expect(
      accepted([{ ...block, nodes: block.nodes.map((node) => ({ ...node, params: { block: block.id } })) }]),
    ).toBe(false);
    expect(accepted([layer, { ...block, nodes: [...block.nodes, ...block.nodes] }])).toBe(false);
    expect(accepted([layer, layer])).toBe(false);
    expect(accepted([])).toBe(false);
  });
});
