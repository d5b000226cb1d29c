import { expect, it } from 'vitest';
import { epochPlace } from '#renderer/ui/epochPlace.ts';

it.each([
  { step: 0, epoch: 1, inEpoch: 0 },
  { step: 1, epoch: 1, inEpoch: 1 },
  { step: 860, epoch: 1, inEpoch: 860 },
  { step: 861, epoch: 2, inEpoch: 1 },
  { step: 2580, epoch: 3, inEpoch: 860 },
])('step $step of epochs of 860 is step $inEpoch of epoch $epoch', ({ step, epoch, inEpoch }) => {
  expect(epochPlace({ step, stepsPerEpoch: 860 })).toEqual({ epoch, step: inEpoch });
});
