import { cnnMnist } from './cnn-mnist.ts';
import { mlpMnist } from './mlp-mnist.ts';
import type { Template } from './template.ts';

export type { Template } from './template.ts';

/** Every template, simplest first. */
export const templates: readonly Template[] = [mlpMnist, cnnMnist];
