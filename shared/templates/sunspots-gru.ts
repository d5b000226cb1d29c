import { buildDocument } from './buildDocument.ts';
import type { Template } from './template.ts';

/**
 * Two years of sunspots from the twelve before. On the test (1958 to 2008) persistence is off by 0.395
 * (root mean square, in hundreds), what was a cycle of 44 quarters ago by 0.382.
 */
export const sunspotsGru: Template = {
  id: 'sunspots-gru',
  title: 'Sunspots, two years ahead',
  description: 'A GRU reads twelve years of sunspot numbers and forecasts the next two.',
  architecture: 'Recurrent network',
  dataset: 'Sunspots',
  expected: { metric: 'rootMeanSquaredError', split: 'test', atMost: 25 },
  measured: { seconds: 25, values: [22.12] },
  short: { steps: 40, factor: 1.3 },
  document: buildDocument({
    name: 'Sunspots, two years ahead',
    epochs: 40,
    batchSize: 32,
    nodes: [
      { id: 'sunspots', kind: 'sunspots', at: [0, 0] },
      { id: 'gru', kind: 'gru', params: { units: 32, returns: 'last' }, at: [1, 0] },
      { id: 'forecast', kind: 'dense', params: { units: 8 }, title: 'Forecast', at: [2, 0] },
      { id: 'loss', kind: 'mean-squared-error', at: [3, 0] },
      { id: 'adam', kind: 'adam', params: { learningRate: 0.005, schedule: 'cosine' }, at: [4, 0] },
      { id: 'rmse', kind: 'root-mean-squared-error', at: [3, 1] },
      { id: 'r-squared', kind: 'r-squared', at: [4, 1] },
    ],
    wires: [
      'sunspots.past > gru.x',
      'gru.y > forecast.x',
      'forecast.y > loss.prediction',
      'sunspots.future > loss.target',
      'loss.loss > adam.loss',
      'forecast.y > rmse.prediction',
      'sunspots.future > rmse.target',
      'forecast.y > r-squared.prediction',
      'sunspots.future > r-squared.target',
    ],
  }),
};
