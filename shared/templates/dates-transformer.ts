import { buildDocument } from './buildDocument.ts';
import { decoderBlock } from './decoderBlock.ts';
import type { Template } from './template.ts';
import { transformerBlock } from './transformerBlock.ts';

const WIDTH = 64;

/** The transformer of Vaswani et al. 2017, small, with the norms before its parts. */
export const datesTransformer: Template = {
  id: 'dates-transformer',
  title: 'Dates by transformer',
  description: 'Encoder and decoder layers translate dates in many spellings into ISO form.',
  architecture: 'Transformer',
  dataset: 'Date spellings',
  expected: { metric: 'exactMatch', split: 'test', atLeast: 0.99 },
  measured: { seconds: 173, values: [1] },
  short: { steps: 10, factor: 1.2 },
  document: buildDocument({
    name: 'Dates by transformer',
    epochs: 8,
    batchSize: 64,
    blocks: [
      transformerBlock({
        id: 'encoder-layer',
        title: 'Encoder layer',
        width: WIDTH,
        heads: 4,
        causal: false,
      }),
      decoderBlock({ id: 'decoder-layer', title: 'Decoder layer', width: WIDTH, heads: 4 }),
    ],
    nodes: [
      { id: 'dates', kind: 'date-spellings', at: [0, 0] },
      { id: 'read', kind: 'embedding', params: { units: WIDTH }, title: 'Letters read', at: [1, 0] },
      { id: 'places-read', kind: 'position-embedding', at: [2, 0] },
      {
        id: 'encoder',
        kind: 'block',
        title: 'Encoder',
        params: { block: 'encoder-layer', repeat: 2 },
        at: [3, 0],
      },
      { id: 'written', kind: 'embedding', params: { units: WIDTH }, title: 'Characters written', at: [1, 1] },
      { id: 'places-written', kind: 'position-embedding', at: [2, 1] },
      {
        id: 'decoder',
        kind: 'block',
        title: 'Decoder',
        params: { block: 'decoder-layer', repeat: 2 },
        at: [4, 1],
      },
      { id: 'norm', kind: 'layer-normalization', at: [5, 1] },
      { id: 'logits', kind: 'dense', params: { units: 12 }, title: 'Scores', at: [6, 1] },
      { id: 'loss', kind: 'softmax-cross-entropy', at: [7, 1] },
      {
        id: 'adam',
        kind: 'adam',
        params: { learningRate: 0.002, schedule: 'cosine', warmup: 100 },
        at: [8, 1],
      },
      { id: 'accuracy', kind: 'accuracy', at: [7, 2] },
      { id: 'exact-match', kind: 'exact-match', at: [8, 2] },
    ],
    wires: [
      'dates.source > read.x',
      'read.y > places-read.x',
      'places-read.y > encoder.x',
      'dates.given > written.x',
      'written.y > places-written.x',
      'places-written.y > decoder.x',
      'encoder.y > decoder.memory',
      'dates.mask > decoder.mask',
      'decoder.y > norm.x',
      'norm.y > logits.x',
      'logits.y > loss.logits',
      'dates.target > loss.labels',
      'loss.loss > adam.loss',
      'logits.y > accuracy.prediction',
      'dates.target > accuracy.labels',
      'logits.y > exact-match.prediction',
      'dates.target > exact-match.labels',
    ],
  }),
};
