import { readyBlock } from './readyBlock.ts';

const WIDTH = 32;
/** Two thirds of four times the width, as the third product makes up for. */
const WIDE = 88;

const dense = (
  id: string,
  units: number,
  title: string,
  at: readonly [number, number],
  activation = 'linear',
) => ({
  id,
  kind: 'dense',
  params: { units, activation, bias: false },
  title,
  at,
});

/** Parameters: 2·32·88 and 88·32. */
export const swiglu = readyBlock({
  reference: 'Shazeer 2020, GLU Variants Improve Transformer',
  aliases: ['feed-forward', 'ffn', 'gated', 'glu', 'llama', 'swish', 'silu'],
  block: {
    id: 'swiglu',
    title: 'SwiGLU',
    description: 'A feed-forward whose one half decides, by SiLU, how much of the other passes.',
    category: 'attention',
    icon: 'blend',
    nodes: [
      dense('gate', WIDE, 'Gate', [0, 0], 'silu'),
      dense('widen', WIDE, 'Widen', [0, 1]),
      { id: 'pass', kind: 'multiply', title: 'Pass', at: [1, 0] },
      dense('narrow', WIDTH, 'Narrow', [2, 0]),
    ],
    wires: ['gate.y > pass.values', 'widen.y > pass.values', 'pass.y > narrow.x'],
    inputs: { x: 'gate.x, widen.x' },
    outputs: { y: 'narrow.y' },
    params: { wide: 'gate.units, widen.units', width: 'narrow.units' },
  },
  example: { inputs: { x: [16, WIDTH] }, outputs: { y: [16, WIDTH] }, parameterCount: 3 * WIDTH * WIDE },
});
