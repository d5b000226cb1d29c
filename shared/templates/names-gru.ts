import { buildDocument } from './buildDocument.ts';
import type { Template } from './template.ts';

/** Which sex a first name is given to, letter by letter. The last letter alone is right for 0.777 of them. */
export const namesGru: Template = {
  id: 'names-gru',
  title: 'Names, letter by letter',
  description: 'A GRU reads first names both ways and says whether women or men have them.',
  architecture: 'Recurrent network',
  dataset: 'First names',
  expected: { metric: 'accuracy', split: 'test', atLeast: 0.84 },
  measured: { seconds: 12, values: [0.8542] },
  short: { steps: 30, factor: 1.05 },
  document: buildDocument({
    name: 'Names, letter by letter',
    epochs: 12,
    batchSize: 64,
    nodes: [
      { id: 'names', kind: 'first-names', at: [0, 0] },
      { id: 'letters', kind: 'embedding', params: { units: 24 }, at: [1, 0] },
      {
        id: 'gru',
        kind: 'gru',
        params: { units: 64, bidirectional: true, returns: 'last' },
        at: [2, 0],
      },
      { id: 'dropout', kind: 'dropout', params: { rate: 0.3 }, at: [3, 0] },
      { id: 'logits', kind: 'dense', params: { units: 2 }, title: 'Scores', at: [4, 0] },
      { id: 'loss', kind: 'softmax-cross-entropy', at: [5, 0] },
      { id: 'adam', kind: 'adam', params: { learningRate: 0.003 }, at: [6, 0] },
      { id: 'accuracy', kind: 'accuracy', at: [5, 1] },
    ],
    wires: [
      'names.name > letters.x',
      'letters.y > gru.x',
      'names.mask > gru.mask',
      'gru.y > dropout.x',
      'dropout.y > logits.x',
      'logits.y > loss.logits',
      'names.label > loss.labels',
      'loss.loss > adam.loss',
      'logits.y > accuracy.prediction',
      'names.label > accuracy.labels',
    ],
  }),
};
