import { bottleneck } from './bottleneck.ts';
import { denseBlock } from './dense-block.ts';
import { feedForward } from './feed-forward.ts';
import { ganDiscriminator } from './gan-discriminator.ts';
import { ganGenerator } from './gan-generator.ts';
import { inception } from './inception.ts';
import type { ReadyBlock } from './readyBlock.ts';
import { residual } from './residual.ts';
import { squeezeExcite } from './squeeze-excite.ts';
import { swiglu } from './swiglu.ts';
import { timeDistributed } from './time-distributed.ts';
import { transformerDecoder } from './transformer-decoder.ts';
import { transformerEncoder } from './transformer-encoder.ts';
import { unetDown } from './unet-down.ts';
import { unetUp } from './unet-up.ts';

/** Blocks that come with the app, in the order in which the library shows them. */
export const readyBlocks: readonly ReadyBlock[] = [
  residual,
  bottleneck,
  inception,
  denseBlock,
  squeezeExcite,
  unetDown,
  unetUp,
  transformerEncoder,
  transformerDecoder,
  feedForward,
  swiglu,
  timeDistributed,
  ganGenerator,
  ganDiscriminator,
];
