import { describe, expect, it } from 'vitest';
import { analyze } from '#shared/compile/analyze.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import { distributeOverTime, unpackBlock } from '#shared/graph/commands.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import { formatType } from '#shared/types/portType.ts';
import { edited, network, withCode } from '../networks.ts';

/** Digits cut into four strips of seven rows, a network for each strip, and one that reads the four. */
const strips = network(
  {
    mnist: undefined,
    'film:reshape': { shape: [4, 7, 28, 1] },
    'conv:conv2d': { filters: 6 },
    'pool:global-pool': undefined,
    'read:lstm': { units: 9, returns: 'last' },
    'answer:dense': { units: 10 },
    'loss:softmax-cross-entropy': undefined,
    adam: undefined,
  },
  [
    'mnist.image > film.x',
    'film.y > conv.x',
    'conv.y > pool.x',
    'pool.y > read.x',
    'read.y > answer.x',
    'answer.y > loss.logits',
    'mnist.label > loss.labels',
    'loss.loss > adam.loss',
  ],
);
const typeAt = (document: GraphDocument, edge: string): string => {
  const type = analyze(document).edges.get(edge);
  return type ? formatType(type) : '';
};

describe('what is done with each step of a sequence', () => {
  const done = edited(strips, distributeOverTime({ ids: ['conv', 'pool'], title: 'Strip' }));
  const instance = done.nodes.find(({ kind }) => kind === 'block')?.id ?? '';

  it('is a block that a layer of images cannot be without', () => {
    withCode(analyze(strips).problems, 'needs-image-input');
    expect(analyze(done).problems).toEqual([]);
    expect(typeAt(done, `${instance}.y>read.x`)).toBe('B×4×6');
    expect(createPlan(done).ok).toBe(true);
  });

  it('has one port for the sequence, however often it is needed inside', () => {
    const [block] = done.blocks ?? [];
    expect(block?.inputs).toHaveLength(1);
    expect(block?.inputs[0]?.to.map(({ port }) => port).toSorted()).toEqual(['like', 'x']);
    const out = edited(done, unpackBlock(instance));
    expect(analyze(out).problems).toEqual([]);
    expect(typeAt(out, 'pool.y>batch-to-time-1.x')).toBe('B·4×6');
  });

  it('needs something that comes in', () => {
    const alone = network({ 'noise:constant': undefined, 'd:dense': undefined }, []);
    const refused = distributeOverTime({ ids: ['d'], title: 'Each' }).apply(alone);
    expect(refused).toMatchObject({ ok: false, error: { code: 'no-steps-come-in' } });
  });
});
