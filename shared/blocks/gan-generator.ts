import { generator } from '../templates/ganParts.ts';
import { readyBlock } from './readyBlock.ts';

/** Parameters: 32·3136 + 3136, norms 2·64 and 2·32, convolutions 3·3·64·32 + 32, 3·3·32·16 + 16 and 3·3·16 + 1. */
export const ganGenerator = readyBlock({
  reference: 'Radford, Metz and Chintala 2016, Unsupervised Representation Learning with DCGAN',
  aliases: ['gan', 'dcgan', 'noise to image'],
  block: { ...generator, id: 'gan-generator', title: 'GAN generator', category: 'generative', icon: 'brush' },
  example: { inputs: { noise: [32] }, outputs: { image: [28, 28, 1] }, parameterCount: 126_913 },
});
