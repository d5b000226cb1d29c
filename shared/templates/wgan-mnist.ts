import { buildDocument } from './buildDocument.ts';
import { critic, judge, stridedGenerator } from './ganParts.ts';
import type { Template } from './template.ts';

/** Both sides move as far as they can keep up with, and come to rest at the end. */
const course = { beta1: 0, beta2: 0.9, schedule: 'linear', finalFactor: 0 };

/**
 * Wasserstein GAN with a gradient penalty (Gulrajani et al. 2017). In place of five steps of the critic for each
 * of the generator it takes one, at twice the rate (Heusel et al. 2017), and the penalty weighs 1: on two cores
 * this brings more in the same time. The figure is that of `dcgan-mnist`: what a classifier of real digits
 * recognises.
 */
export const wganMnist: Template = {
  id: 'wgan-mnist',
  title: 'Digits by a critic (WGAN-GP)',
  description: 'A critic measures how far made digits are from real ones; its slope is held to 1.',
  architecture: 'Generative adversarial network',
  dataset: 'MNIST',
  expected: { metric: 'recognized', split: 'test', atLeast: 0.9 },
  measured: { seconds: 597, values: [0.9305] },
  short: { steps: 80, factor: 1.5 },
  document: buildDocument({
    name: 'Digits by a critic (WGAN-GP)',
    epochs: 12,
    batchSize: 64,
    blocks: [stridedGenerator, critic, judge],
    nodes: [
      { id: 'mnist', kind: 'mnist', params: { validation: 1000 }, at: [0, 2] },
      { id: 'noise', kind: 'noise', params: { size: 8 }, at: [1, 1] },
      { id: 'generator', kind: 'block', title: 'Generator', params: { block: 'generator' }, at: [2, 1] },
      { id: 'between', kind: 'random-mix', title: 'Between both', at: [3, 3] },
      { id: 'on-real', kind: 'block', title: 'Critic on real', params: { block: 'critic' }, at: [4, 2] },
      {
        id: 'on-made',
        kind: 'block',
        title: 'Critic on made',
        params: { block: 'critic', shareWith: 'on-real' },
        at: [4, 1],
      },
      {
        id: 'on-between',
        kind: 'block',
        title: 'Critic between',
        params: { block: 'critic', shareWith: 'on-real' },
        at: [4, 3],
      },
      { id: 'judge-real', kind: 'block', title: 'Judge on real', params: { block: 'judge' }, at: [4, 4] },
      {
        id: 'judge-made',
        kind: 'block',
        title: 'Judge on made',
        params: { block: 'judge', shareWith: 'judge-real' },
        at: [4, 0],
      },
      { id: 'generator-loss', kind: 'generator-loss', params: { objective: 'wasserstein' }, at: [5, 1] },
      {
        id: 'distance',
        kind: 'discriminator-loss',
        params: { objective: 'wasserstein' },
        title: 'Distance',
        at: [5, 2],
      },
      {
        id: 'slope',
        kind: 'gradient-penalty',
        params: { weight: 1, target: 1 },
        title: 'Slope',
        at: [5, 3],
      },
      {
        id: 'critic-loss',
        kind: 'weighted-loss',
        params: { weights: [1, 1] },
        title: 'Critic loss',
        at: [6, 2],
      },
      { id: 'judge-loss', kind: 'softmax-cross-entropy', title: 'Judge loss', at: [5, 4] },
      {
        id: 'train-critic',
        kind: 'adam',
        params: { ...course, learningRate: 0.002, order: 0, scope: ['on-real'] },
        title: 'Trains critic',
        at: [7, 2],
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
        at: [6, 1],
      },
      {
        id: 'train-judge',
        kind: 'adam',
        params: { order: 2, scope: ['judge-real'] },
        title: 'Trains judge',
        at: [6, 4],
      },
      { id: 'recognized', kind: 'recognized', at: [5, 0] },
      { id: 'digits', kind: 'classes-covered', title: 'Digits made', at: [6, 0] },
    ],
    wires: [
      'mnist.label > noise.like',
      'noise.y > generator.noise',
      'mnist.image > on-real.image',
      'generator.image > on-made.image',
      'mnist.image > between.a',
      'generator.image > between.b',
      'between.y > on-between.image',
      'mnist.image > judge-real.image',
      'generator.image > judge-made.image',
      'on-made.score > generator-loss.fake',
      'on-real.score > distance.real',
      'on-made.score > distance.fake',
      'on-between.score > slope.score',
      'between.y > slope.x',
      'distance.loss > critic-loss.losses',
      'slope.loss > critic-loss.losses',
      'judge-real.scores > judge-loss.logits',
      'mnist.label > judge-loss.labels',
      'critic-loss.loss > train-critic.loss',
      'generator-loss.loss > train-generator.loss',
      'judge-loss.loss > train-judge.loss',
      'judge-made.scores > recognized.logits',
      'judge-made.scores > digits.logits',
    ],
  }),
};
