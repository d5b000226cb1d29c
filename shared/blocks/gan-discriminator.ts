import { discriminator } from '../templates/ganParts.ts';
import { readyBlock } from './readyBlock.ts';

/** Parameters: 4·4·32 + 32, 4·4·32·64 + 64, 7·7·64·128 + 128 and 128 + 1. */
export const ganDiscriminator = readyBlock({
  reference: 'Radford, Metz and Chintala 2016, Unsupervised Representation Learning with DCGAN',
  aliases: ['gan', 'dcgan', 'critic', 'real or fake'],
  block: {
    ...discriminator,
    id: 'gan-discriminator',
    title: 'GAN discriminator',
    category: 'generative',
    icon: 'scan-eye',
  },
  example: { inputs: { image: [28, 28, 1] }, outputs: { score: [1] }, parameterCount: 435_041 },
});
