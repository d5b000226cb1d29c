import { defineTokenMetric } from '../tokenMetric.ts';

/** e to the mean cross-entropy: among how many equally likely tokens the model hesitates. */
export const perplexity = defineTokenMetric({
  kind: 'perplexity',
  metricKey: 'perplexity',
  icon: 'circle-question-mark',
  title: 'Perplexity',
  description: 'Among how many equally likely tokens a language model hesitates.',
  aliases: ['language model', 'surprise', 'ppl'],
  lesson: {
    summary:
      'A perplexity of 20 means that the model is as unsure as if it had to choose among 20 equally likely tokens. It can only be compared between models that read the same text in the same tokens.',
    formula: 'perplexity = exp( mean −log p(token) )',
    references: [
      {
        title: 'Jelinek et al. 1977: Perplexity – a measure of the difficulty of speech recognition tasks',
        url: 'https://doi.org/10.1121/1.2016299',
      },
    ],
  },
  figure: (nats) => Math.exp(nats),
  torchFigure: (nats) => `${nats}.exp()`,
});
