import { buildDocument } from './buildDocument.ts';
import type { Template } from './template.ts';
import { transformerBlock } from './transformerBlock.ts';

/** A small GPT (Radford et al. 2018): 4 layers, 4 heads, 128 wide, 64 characters of context. */
export const gptText: Template = {
  id: 'gpt-text',
  title: 'GPT writes Moby Dick',
  description: 'Four transformer layers guess the next character from the last 64.',
  architecture: 'Transformer',
  dataset: 'Moby Dick',
  expected: { metric: 'loss', split: 'test', atMost: 1.6 },
  measured: { seconds: 188, values: [1.547] },
  short: { steps: 6, factor: 1.15 },
  document: buildDocument({
    name: 'GPT writes Moby Dick',
    epochs: 2,
    batchSize: 24,
    blocks: [
      transformerBlock({ id: 'layer', title: 'Transformer layer', width: 128, heads: 4, causal: true }),
    ],
    nodes: [
      { id: 'novel', kind: 'moby-dick', params: { context: 64, stride: 32 }, at: [0, 0] },
      { id: 'characters', kind: 'embedding', params: { units: 128 }, at: [1, 0] },
      { id: 'positions', kind: 'position-embedding', at: [2, 0] },
      {
        id: 'layers',
        kind: 'block',
        title: 'Transformer layers',
        params: { block: 'layer', repeat: 4 },
        at: [3, 0],
      },
      { id: 'norm', kind: 'layer-normalization', at: [4, 0] },
      { id: 'logits', kind: 'dense', params: { units: 83 }, title: 'Scores', at: [5, 0] },
      { id: 'loss', kind: 'softmax-cross-entropy', at: [6, 0] },
      {
        id: 'adam',
        kind: 'adam',
        params: { learningRate: 0.002, schedule: 'cosine', warmup: 100 },
        at: [7, 0],
      },
      { id: 'accuracy', kind: 'accuracy', at: [6, 1] },
    ],
    wires: [
      'novel.text > characters.x',
      'characters.y > positions.x',
      'positions.y > layers.x',
      'layers.y > norm.x',
      'norm.y > logits.x',
      'logits.y > loss.logits',
      'novel.next > loss.labels',
      'loss.loss > adam.loss',
      'logits.y > accuracy.prediction',
      'novel.next > accuracy.labels',
    ],
  }),
};
