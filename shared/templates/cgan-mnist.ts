import { buildDocument } from './buildDocument.ts';
import { classDiscriminator, classGenerator, judge } from './ganParts.ts';
import type { Template } from './template.ts';

/**
 * A conditional DCGAN (Mirza and Osindero 2014; Radford, Metz and Chintala 2016). The figure is the
 * share of made digits that a classifier, trained beside them on real digits alone, takes for the class
 * that was asked for.
 */
export const cganMnist: Template = {
  id: 'cgan-mnist',
  title: 'Digits on demand (GAN)',
  description: 'A generator draws the digit that is asked for; a discriminator learns to find it out.',
  architecture: 'Generative adversarial network',
  dataset: 'MNIST',
  expected: { metric: 'accuracy', split: 'test', atLeast: 0.95 },
  measured: { seconds: 500, values: [0.9787] },
  short: { steps: 10, factor: 1.2 },
  document: buildDocument({
    name: 'Digits on demand (GAN)',
    epochs: 4,
    batchSize: 64,
    blocks: [classGenerator, classDiscriminator, judge],
    nodes: [
      { id: 'mnist', kind: 'mnist', params: { validation: 1000 }, at: [0, 1] },
      { id: 'noise', kind: 'noise', params: { size: 64 }, at: [1, 0] },
      { id: 'class', kind: 'one-hot', params: { classes: 10 }, title: 'Class', at: [1, 1] },
      { id: 'generator', kind: 'block', title: 'Generator', params: { block: 'generator' }, at: [2, 0] },
      {
        id: 'on-real',
        kind: 'block',
        title: 'Discriminator on real',
        params: { block: 'discriminator' },
        at: [3, 2],
      },
      {
        id: 'on-made',
        kind: 'block',
        title: 'Discriminator on made',
        params: { block: 'discriminator', shareWith: 'on-real' },
        at: [3, 1],
      },
      { id: 'judge-real', kind: 'block', title: 'Judge on real', params: { block: 'judge' }, at: [3, 3] },
      {
        id: 'judge-made',
        kind: 'block',
        title: 'Judge on made',
        params: { block: 'judge', shareWith: 'judge-real' },
        at: [3, 0],
      },
      { id: 'generator-loss', kind: 'generator-loss', at: [4, 1] },
      { id: 'discriminator-loss', kind: 'discriminator-loss', at: [4, 2] },
      { id: 'judge-loss', kind: 'softmax-cross-entropy', title: 'Judge loss', at: [4, 3] },
      {
        id: 'train-discriminator',
        kind: 'adam',
        params: { learningRate: 0.0004, beta1: 0.5, order: 0, scope: ['on-real'] },
        title: 'Trains discriminator',
        at: [5, 2],
      },
      {
        id: 'train-generator',
        kind: 'adam',
        params: { learningRate: 0.0008, beta1: 0.5, order: 1, scope: ['generator'] },
        title: 'Trains generator',
        at: [5, 1],
      },
      {
        id: 'train-judge',
        kind: 'adam',
        params: { order: 2, scope: ['judge-real'] },
        title: 'Trains judge',
        at: [5, 3],
      },
      { id: 'accuracy', kind: 'accuracy', title: 'Class obeyed', at: [4, 0] },
    ],
    wires: [
      'mnist.label > noise.like',
      'mnist.label > class.x',
      'noise.y > generator.noise',
      'class.y > generator.class',
      'mnist.image > on-real.image',
      'class.y > on-real.class',
      'generator.image > on-made.image',
      'class.y > on-made.class',
      'mnist.image > judge-real.image',
      'generator.image > judge-made.image',
      'on-made.score > generator-loss.fake',
      'on-real.score > discriminator-loss.real',
      'on-made.score > discriminator-loss.fake',
      'judge-real.scores > judge-loss.logits',
      'mnist.label > judge-loss.labels',
      'discriminator-loss.loss > train-discriminator.loss',
      'generator-loss.loss > train-generator.loss',
      'judge-loss.loss > train-judge.loss',
      'judge-made.scores > accuracy.prediction',
      'mnist.label > accuracy.labels',
    ],
  }),
};
