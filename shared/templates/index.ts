import { cnnMnist } from './cnn-mnist.ts';
import { cnnResidual } from './cnn-residual.ts';
import { gatCora } from './gat-cora.ts';
import { gcnCora } from './gcn-cora.ts';
import { gptText } from './gpt-text.ts';
import { irisTemplate } from './iris.ts';
import { lstmText } from './lstm-text.ts';
import { mlpMnist } from './mlp-mnist.ts';
import { namesGru } from './names-gru.ts';
import type { Template } from './template.ts';
import { twoSpiralsTemplate } from './two-spirals.ts';
import { vitMnist } from './vit-mnist.ts';

export type { Target, Template } from './template.ts';

/** Every template, simplest first within its architecture. */
export const templates: readonly Template[] = [
  mlpMnist,
  irisTemplate,
  twoSpiralsTemplate,
  cnnMnist,
  cnnResidual,
  namesGru,
  lstmText,
  gcnCora,
  gatCora,
  gptText,
  vitMnist,
];
