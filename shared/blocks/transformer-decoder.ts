import { decoderBlock } from '../templates/decoderBlock.ts';
import { readyBlock } from './readyBlock.ts';

const WIDTH = 32;

/** Parameters: twice 4·(32·32 + 32) of attention, 3·2·32 of the norms, 32·128 + 128 and 128·32 + 32 after it. */
export const transformerDecoder = readyBlock({
  reference: 'Vaswani et al. 2017, Attention Is All You Need; norms first as in Xiong et al. 2020',
  aliases: ['attention', 'cross-attention', 'translation', 'seq2seq'],
  block: {
    ...decoderBlock({ id: 'transformer-decoder', title: 'Transformer decoder', width: WIDTH, heads: 4 }),
    category: 'attention',
    icon: 'layers',
    params: { width: 'narrow.units', wide: 'widen.units', heads: 'own.heads, cross.heads' },
  },
  example: {
    inputs: { x: [10, WIDTH], memory: [16, WIDTH], mask: [16] },
    outputs: { y: [10, WIDTH] },
    parameterCount: 16_992,
  },
});
