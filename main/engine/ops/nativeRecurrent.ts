import type * as tf from '@tensorflow/tfjs-core';
import type { Ops, RecurrentArgs } from '#shared/nodes/ops.ts';
import { part } from './fused.ts';
import { type ComposedCells, dropRecurrent } from './recurrent.ts';
import { gruCell, lstmCell, simpleCell } from './recurrentCells.ts';
import { type RecurrentCell, recurrentSequence, type SequenceArgs } from './recurrentSequence.ts';

type Cells = Pick<Ops, 'simpleRnn' | 'lstm' | 'gru'>;

/** Recurrent layers with hand-written gradients on TensorFlow's kernels. */
export function nativeRecurrent(composed: ComposedCells): Cells {
  const sequence = (
    args: RecurrentArgs & { c?: tf.Tensor; recurrentBias?: tf.Tensor | undefined },
    cell: RecurrentCell,
    again: (
      args: RecurrentArgs & { c?: tf.Tensor; recurrentBias: tf.Tensor | undefined },
    ) => readonly tf.Tensor[],
  ): readonly tf.Tensor[] => {
    const dropped = dropRecurrent(args);
    return recurrentSequence(
      {
        x: args.x,
        kernel: args.kernel,
        recurrent: args.recurrent,
        bias: args.bias,
        recurrentBias: args.recurrentBias,
        state: args.c ? [args.h, args.c] : [args.h],
        mask: args.mask,
        reverse: args.reverse ?? false,
        dropped,
      },
      cell,
      (given: SequenceArgs) => {
        const [h, c] = given.state;
        const { mask, reverse } = args;
        return again({
          x: given.x,
          h: part([h], 0),
          ...(c && { c }),
          kernel: given.kernel,
          recurrent: given.recurrent,
          bias: given.bias,
          recurrentBias: given.recurrentBias,
          ...(mask && { mask }),
          ...(reverse && { reverse }),
          ...(dropped && { dropped }),
        });
      },
    );
  };
  return {
    simpleRnn: (args) => {
      const [rows, h] = sequence(args, simpleCell(args.activation), (given) => {
        const result = composed.simpleRnn({ ...given, activation: args.activation });
        return [result.sequence, result.h];
      });
      return { sequence: part([rows], 0), h: part([h], 0) };
    },
    lstm: (args) => {
      const [rows, h, c] = sequence(args, lstmCell, (given) => {
        const result = composed.lstm({ ...given, c: part([given.c], 0) });
        return [result.sequence, result.h, result.c];
      });
      return { sequence: part([rows], 0), h: part([h], 0), c: part([c], 0) };
    },
    gru: (args) => {
      const [rows, h] = sequence(args, gruCell, (given) => {
        const result = composed.gru(given);
        return [result.sequence, result.h];
      });
      return { sequence: part([rows], 0), h: part([h], 0) };
    },
  };
}
