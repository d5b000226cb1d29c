import { defineTokenMetric } from '../tokenMetric.ts';

/** The mean cross-entropy in bits. */
export const bitsPerCharacter = defineTokenMetric({
  kind: 'bits-per-character',
  metricKey: 'bitsPerCharacter',
  icon: 'binary',
  title: 'Bits per character',
  description: 'How many bits the model would need to store one character.',
  aliases: ['bpc', 'entropy', 'compression', 'language model'],
  lesson: {
    summary:
      'A model that predicts text can compress it: this is how many bits a character would take. Shannon’s readers, guessing English letter by letter, came to between 0.6 and 1.3 bits.',
    formula: 'bits = mean −log₂ p(character)',
    references: [
      {
        title: 'Shannon 1951: Prediction and entropy of printed English',
        url: 'https://doi.org/10.1002/j.1538-7305.1951.tb01366.x',
      },
    ],
  },
  figure: (nats) => nats / Math.LN2,
  torchFigure: (nats) => `${nats} / ${Math.LN2}`,
});
