import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeSafetensors } from '#main/engine/exports/safetensors.ts';
import { initializeWeights } from '#main/engine/train/initialize.ts';
import { readWeights, startFrom } from '#main/engine/train/startingWeights.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import { templates } from '#shared/templates/index.ts';

const planOf = (id: string) => {
  const template = templates.find((candidate) => candidate.id === id);
  const plan = template && createPlan(template.document);
  if (!plan?.ok) throw new Error(`no plan of ${id}`);
  return plan.value;
};
const shaped = (shape: number[], value: number) => ({
  shape,
  data: new Float32Array(shape.reduce((product, dim) => product * dim, 1)).fill(value),
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neuroloom-start-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the weights that a run begins with', () => {
  it('are another’s wherever name and shape agree, and it is said which were not', () => {
    const plan = planOf('iris');
    const first = initializeWeights(plan, 1);
    const [key = '', other = ''] = first.keys();
    const spec = plan.nodes.find(({ path }) => key.startsWith(`${path}/`))?.weights;
    const shape = [...(Object.values(spec ?? {})[0]?.shape ?? [])];
    const source = new Map([
      [key, shaped(shape, 7)],
      [other, shaped([1, 2, 3], 7)],
      ['elsewhere/kernel', shaped([2], 7)],
    ]);
    const { weights, report } = startFrom(plan, first, source, 'there');
    expect(weights.get(key)?.every((value) => value === 7)).toBe(true);
    expect(weights.get(other)).toEqual(first.get(other));
    expect(report).toEqual({
      path: 'there',
      taken: 1,
      fresh: [...first.keys()].filter((name) => name !== key),
      left: [other, 'elsewhere/kernel'],
    });
  });

  it('are refused where none fits', () => {
    const plan = planOf('iris');
    const source = new Map([['elsewhere/kernel', shaped([2], 7)]]);
    expect(() => startFrom(plan, initializeWeights(plan, 1), source, 'there')).toThrow('No weight of there');
  });

  it('of pre-training: all but those of the head', () => {
    const before = planOf('bert-pretrain');
    const source = new Map(
      before.nodes.flatMap((node) =>
        Object.entries(node.weights).map(
          ([name, { shape }]) => [`${node.path}/${name}`, shaped([...shape], 1)] as const,
        ),
      ),
    );
    const after = planOf('bert-sentences');
    const { report } = startFrom(after, initializeWeights(after, 1), source, 'there');
    expect(report.taken).toBe(source.size - 2);
    expect(report.left).toEqual(['guess/kernel', 'guess/bias']);
    expect(report.fresh.every((key) => /^(sentence-norm|era)\//.test(key))).toBe(true);
  });

  it('are read from a safetensors file; what is none is refused with its path', async () => {
    const path = join(folder, 'weights.safetensors');
    await writeFile(path, Buffer.concat(encodeSafetensors(new Map([['dense/bias', shaped([3], 2)]]))));
    expect((await readWeights(path)).get('dense/bias')).toEqual(shaped([3], 2));
    await writeFile(path, 'no tensors');
    await expect(readWeights(path)).rejects.toThrow(path);
    await expect(readWeights(folder)).rejects.toThrow('no weights');
    await expect(readWeights(join(folder, 'nothing'))).rejects.toThrow('nothing');
  });
});
