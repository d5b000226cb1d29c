import { readyBlock } from './readyBlock.ts';

const WIDTH = 32;

/** Parameters: 32·128 + 128 and 128·32 + 32. */
export const feedForward = readyBlock({
  reference: 'Vaswani et al. 2017, Attention Is All You Need; GELU as in BERT and GPT',
  aliases: ['ffn', 'mlp', 'gelu', 'transformer', 'position-wise'],
  block: {
    id: 'feed-forward',
    title: 'Feed-forward',
    description: 'Widens each position, bends it by GELU and narrows it again.',
    category: 'attention',
    icon: 'move-horizontal',
    nodes: [
      {
        id: 'widen',
        kind: 'dense',
        params: { units: 4 * WIDTH, activation: 'gelu' },
        title: 'Widen',
        at: [0, 0],
      },
      { id: 'narrow', kind: 'dense', params: { units: WIDTH }, title: 'Narrow', at: [1, 0] },
      { id: 'dropout', kind: 'dropout', params: { rate: 0.1 }, at: [2, 0] },
    ],
    wires: ['widen.y > narrow.x', 'narrow.y > dropout.x'],
    inputs: { x: 'widen.x' },
    outputs: { y: 'dropout.y' },
    params: { wide: 'widen.units', width: 'narrow.units', dropout: 'dropout.rate' },
  },
  example: { inputs: { x: [16, WIDTH] }, outputs: { y: [16, WIDTH] }, parameterCount: 8352 },
});
