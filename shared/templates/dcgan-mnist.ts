import { buildDocument } from './buildDocument.ts';
import { discriminator, judge, stridedGenerator } from './ganParts.ts';
import type { Template } from './template.ts';

/** Without a memory of where the other side was (Miyato et al. 2018), and calmer towards the end. */
const course = { beta1: 0, beta2: 0.9, schedule: 'cosine', finalFactor: 0.05 };

/**
 * Radford, Metz and Chintala 2016. The figure is the share of made digits that a classifier, trained beside
 * them on real digits alone, recognises with at least 90 % certainty; how many of the ten digits there are
 * among them is counted beside it.
 */
export const dcganMnist: Template = {
  id: 'dcgan-mnist',
  title: 'Digits out of noise (DCGAN)',
  description: 'A generator draws digits that a discriminator shall take for real.',
  architecture: 'Generative adversarial network',
  dataset: 'MNIST',
  expected: { metric: 'recognized', split: 'test', atLeast: 0.9 },
  measured: { seconds: 580, values: [0.9112] },
  short: { steps: 10, factor: 1.2 },
  document: buildDocument({
    name: 'Digits out of noise (DCGAN)',
    epochs: 14,
    batchSize: 64,
    blocks: [stridedGenerator, discriminator, judge],
    nodes: [
      { id: 'mnist', kind: 'mnist', params: { validation: 1000 }, at: [0, 1] },
      { id: 'noise', kind: 'noise', params: { size: 8 }, at: [1, 0] },
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
      { id: 'generator-loss', kind: 'generator-loss', params: { objective: 'hinge' }, at: [4, 1] },
      { id: 'discriminator-loss', kind: 'discriminator-loss', params: { objective: 'hinge' }, at: [4, 2] },
      { id: 'judge-loss', kind: 'softmax-cross-entropy', title: 'Judge loss', at: [4, 3] },
      {
        id: 'train-discriminator',
        kind: 'adam',
        params: { ...course, learningRate: 0.0005, order: 0, scope: ['on-real'] },
        title: 'Trains discriminator',
        at: [5, 2],
      },
      {
        id: 'train-generator',
        kind: 'adam',
        params: {
          ...course,
          learningRate: 0.001,
          order: 1,
          scope: ['generator'],
          average: true,
          averageDecay: 0.998,
        },
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
      { id: 'recognized', kind: 'recognized', at: [4, 0] },
      { id: 'digits', kind: 'classes-covered', title: 'Digits made', at: [5, 0] },
    ],
    wires: [
      'mnist.label > noise.like',
      'noise.y > generator.noise',
      'mnist.image > on-real.image',
      'generator.image > on-made.image',
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
      'judge-made.scores > recognized.logits',
      'judge-made.scores > digits.logits',
    ],
  }),
};
