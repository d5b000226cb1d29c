import { bertPretrain } from './bert-pretrain.ts';
import { bertSentences } from './bert-sentences.ts';
import { cganFew } from './cgan-few.ts';
import { cganMnist } from './cgan-mnist.ts';
import { cnnMnist } from './cnn-mnist.ts';
import { cnnResidual } from './cnn-residual.ts';
import { datesLstm } from './dates-lstm.ts';
import { datesTransformer } from './dates-transformer.ts';
import { dcganMnist } from './dcgan-mnist.ts';
import { denoisingMnist } from './denoising-mnist.ts';
import { detectorShapes } from './detector-shapes.ts';
import { diffusionMnist } from './diffusion-mnist.ts';
import { gatCora } from './gat-cora.ts';
import { gcnCora } from './gcn-cora.ts';
import { ginMotifs } from './gin-motifs.ts';
import { gptText } from './gpt-text.ts';
import { irisTemplate } from './iris.ts';
import { linksCora } from './links-cora.ts';
import { lstmText } from './lstm-text.ts';
import { mlpMnist } from './mlp-mnist.ts';
import { namesGru } from './names-gru.ts';
import { siameseMnist } from './siamese-mnist.ts';
import { simclrMnist } from './simclr-mnist.ts';
import { speechGru } from './speech-gru.ts';
import { styleTransfer } from './style-transfer.ts';
import { sunspotsGru } from './sunspots-gru.ts';
import type { Template } from './template.ts';
import { twoSpiralsTemplate } from './two-spirals.ts';
import { unetShapes } from './unet-shapes.ts';
import { vaeMnist } from './vae-mnist.ts';
import { vitMnist } from './vit-mnist.ts';
import { vqvaeMnist } from './vqvae-mnist.ts';
import { wganMnist } from './wgan-mnist.ts';
import { word2vec } from './word2vec.ts';

export type { Target, Template } from './template.ts';

/** Every template, simplest first within its architecture. */
export const templates: readonly Template[] = [
  mlpMnist,
  irisTemplate,
  twoSpiralsTemplate,
  cnnMnist,
  cnnResidual,
  unetShapes,
  detectorShapes,
  styleTransfer,
  namesGru,
  sunspotsGru,
  datesLstm,
  lstmText,
  speechGru,
  denoisingMnist,
  vaeMnist,
  vqvaeMnist,
  dcganMnist,
  wganMnist,
  cganMnist,
  cganFew,
  gcnCora,
  gatCora,
  linksCora,
  ginMotifs,
  gptText,
  vitMnist,
  datesTransformer,
  bertPretrain,
  bertSentences,
  word2vec,
  diffusionMnist,
  simclrMnist,
  siameseMnist,
];
