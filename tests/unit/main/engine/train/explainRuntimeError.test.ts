import { expect, it } from 'vitest';
import { atNode, placeOf, toFailure } from '#main/engine/failures.ts';
import { explainRuntimeError } from '#main/engine/train/explainRuntimeError.ts';
import type { Plan } from '#shared/compile/plan.ts';

const plan = {
  nodes: ['adam', 'letters', 'encoder/2/em', 'em'].map((path) => ({ path })),
} as unknown as Plan;
const explained = (error: Error, place?: string) => explainRuntimeError(toFailure(error), plan, place);

it.each([
  [
    'indices[0] = 7 is not in [0, 5)\n\t [[{{node program0/update/adam/encoder/2/em/GatherV2}}]]',
    'encoder/2/em',
    7,
    4,
  ],
  ['segment_ids[3] = 5 is out of range [0, 5)\n\t [[{{node program3/test/em/Sum}}]]', 'em', 5, 4],
  ['label 4 of row 0 is none of the 3 classes\n\t [[{{node program0/letters/Loss}}]]', 'letters', 4, 2],
])('a number that is not there is told with the node: %s', (message, node, index, last) => {
  expect(explained(new Error(message))).toMatchObject({
    code: 'index-beyond',
    nodeId: node.split('/')[0],
    data: { node, index, last },
  });
});

it('an error while a node computes is told with the node', () => {
  const inside = () => {
    throw new Error('GatherV2: the index value 2 is not in [0, 1]');
  };
  const caught = (compute: () => void): unknown => {
    try {
      compute();
    } catch (error) {
      return error;
    }
    return undefined;
  };
  const error = caught(() => atNode('em', inside));
  expect(placeOf(error)).toBe('em');
  expect(explained(error as Error, placeOf(error))).toMatchObject({
    code: 'index-beyond',
    data: { last: 1 },
  });
  expect(explained(new Error('Out of luck\n at x'), 'letters')).toMatchObject({
    code: 'engine-error-at',
    nodeId: 'letters',
    data: { node: 'letters', detail: 'Out of luck' },
  });
});

it('what has no place, and what is told already, stays as it is', () => {
  expect(explained(new Error('no idea'))).toEqual(toFailure(new Error('no idea')));
  const memory = new Error('OOM when allocating [[{{node program0/em/MatMul}}]]');
  expect(explained(memory)).toMatchObject({ code: 'out-of-memory' });
});
