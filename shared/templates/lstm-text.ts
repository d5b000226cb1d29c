import { buildDocument } from './buildDocument.ts';
import type { Template } from './template.ts';

/** A character language model with one LSTM layer (Graves 2013). */
export const lstmText: Template = {
  id: 'lstm-text',
  title: 'LSTM writes Moby Dick',
  description: 'Guesses the next character of the novel from those before it.',
  architecture: 'Recurrent network',
  dataset: 'Moby Dick',
  expected: { metric: 'loss', split: 'test', atMost: 1.75 },
  measured: { seconds: 92, values: [1.602] },
  short: { steps: 8, factor: 1.2 },
  document: buildDocument({
    name: 'LSTM writes Moby Dick',
    epochs: 4,
    batchSize: 64,
    nodes: [
      { id: 'novel', kind: 'moby-dick', params: { context: 64, stride: 32 }, at: [0, 0] },
      { id: 'characters', kind: 'embedding', params: { units: 48 }, at: [1, 0] },
      { id: 'lstm', kind: 'lstm', params: { units: 192 }, at: [2, 0] },
      { id: 'logits', kind: 'dense', params: { units: 83 }, title: 'Scores', at: [3, 0] },
      { id: 'loss', kind: 'softmax-cross-entropy', at: [4, 0] },
      { id: 'adam', kind: 'adam', params: { learningRate: 0.004 }, at: [5, 0] },
      { id: 'accuracy', kind: 'accuracy', at: [4, 1] },
    ],
    wires: [
      'novel.text > characters.x',
      'characters.y > lstm.x',
      'lstm.y > logits.x',
      'logits.y > loss.logits',
      'novel.next > loss.labels',
      'loss.loss > adam.loss',
      'logits.y > accuracy.prediction',
      'novel.next > accuracy.labels',
    ],
  }),
};
