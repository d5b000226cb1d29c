import type { GraphDocument } from '#shared/graph/document.ts';
import type { JsonObject } from '#shared/protocol/json.ts';
import { buildDocument } from '#shared/templates/buildDocument.ts';

/** A small convolutional network on a folder of pictures in two classes. */
export const shapesNetwork = (params: JsonObject = {}, epochs = 12): GraphDocument =>
  buildDocument({
    name: 'Shapes',
    epochs,
    batchSize: 8,
    nodes: [
      { id: 'pictures', kind: 'image-folder', params: { width: 24, height: 24, ...params }, at: [0, 0] },
      { id: 'conv', kind: 'conv2d', params: { filters: 12, activation: 'relu' }, at: [1, 0] },
      { id: 'pool', kind: 'max-pool2d', at: [2, 0] },
      { id: 'conv-2', kind: 'conv2d', params: { filters: 16, activation: 'relu' }, at: [3, 0] },
      { id: 'pool-2', kind: 'max-pool2d', at: [4, 0] },
      { id: 'flatten', kind: 'flatten', at: [0, 1] },
      { id: 'logits', kind: 'dense', params: { units: 2 }, at: [1, 1] },
      { id: 'loss', kind: 'softmax-cross-entropy', at: [2, 1] },
      { id: 'adam', kind: 'adam', params: { learningRate: 0.005 }, at: [3, 1] },
      { id: 'accuracy', kind: 'accuracy', at: [2, 2] },
    ],
    wires: [
      'pictures.image > conv.x',
      'conv.y > pool.x',
      'pool.y > conv-2.x',
      'conv-2.y > pool-2.x',
      'pool-2.y > flatten.x',
      'flatten.y > logits.x',
      'logits.y > loss.logits',
      'pictures.label > loss.labels',
      'loss.loss > adam.loss',
      'logits.y > accuracy.prediction',
      'pictures.label > accuracy.labels',
    ],
  });
