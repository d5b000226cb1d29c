import { z } from 'zod';

/** How a discriminator and a generator are set against each other. */
export const objectiveSchema = z
  .enum(['non-saturating', 'minimax', 'least-squares', 'wasserstein', 'hinge'])
  .default('non-saturating');

export const objectiveText = {
  label: 'Objective',
  help: 'The same for discriminator and generator.',
  options: {
    'non-saturating': 'Non-saturating',
    minimax: 'Minimax',
    'least-squares': 'Least squares',
    wasserstein: 'Wasserstein',
    hinge: 'Hinge',
  },
};

export const adversarialReferences = [
  { title: 'Goodfellow et al. 2014: Generative adversarial nets', url: 'https://arxiv.org/abs/1406.2661' },
  {
    title: 'Mao et al. 2017: Least squares generative adversarial networks',
    url: 'https://arxiv.org/abs/1611.04076',
  },
  { title: 'Arjovsky, Chintala and Bottou 2017: Wasserstein GAN', url: 'https://arxiv.org/abs/1701.07875' },
];
