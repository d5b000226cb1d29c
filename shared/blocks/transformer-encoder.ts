import { transformerBlock } from '../templates/transformerBlock.ts';
import { readyBlock } from './readyBlock.ts';

const WIDTH = 32;

/** Parameters: 4·(32·32 + 32) of attention, 2·2·32 of the norms, 32·128 + 128 and 128·32 + 32 after it. */
export const transformerEncoder = readyBlock({
  reference: 'Vaswani et al. 2017, Attention Is All You Need; norms first as in Xiong et al. 2020',
  aliases: ['attention', 'bert', 'vit', 'self-attention', 'gpt'],
  block: {
    ...transformerBlock({
      id: 'transformer-encoder',
      title: 'Transformer encoder',
      width: WIDTH,
      heads: 4,
      causal: false,
    }),
    category: 'attention',
    icon: 'layers',
    params: {
      width: 'narrow.units',
      wide: 'widen.units',
      heads: 'attention.heads',
      causal: 'attention.causal',
      dropout: 'attention.dropout, dropout-1.rate, dropout-2.rate',
    },
  },
  example: { inputs: { x: [16, WIDTH] }, outputs: { y: [16, WIDTH] }, parameterCount: 12_704 },
});
