import { describe, expect, it } from 'vitest';
import { blocksComeFirst, findBlockChoices } from '#renderer/blocks/blockChoices.ts';
import { searchNodes } from '#renderer/library/searchNodes.ts';
import { categories } from '#renderer/ui/categories.ts';
import { hasIcon } from '#renderer/ui/Glyph.tsx';
import { speakOfNodes } from '#shared/i18n/nodeTexts.ts';
import { nodeTranslation } from '#shared/i18n/zh/nodes/nodeTranslation.ts';
import { nodeDefinitions } from '#shared/nodes/registry.ts';

/** Words of lectures and papers, by the node that answers them. */
const words: Readonly<Record<string, string>> = {
  activation:
    'linear, ReLU, leaky, ELU, SELU, GELU, SiLU, swish, Mish, sigmoid, hard sigmoid, tanh, softplus, softmax, log-softmax',
  prelu: 'PReLU',
  dropout: 'dropout',
  'spatial-dropout': 'spatial dropout',
  'alpha-dropout': 'alpha dropout',
  'gaussian-noise': 'Gaussian noise',
  'tied-output': 'tied',
  constant: 'constant',
  'learnable-parameter': 'learnable parameter',
  conv1d: '1-D convolution, conv1d, dilated',
  conv2d: '2-D convolution, grouped convolution',
  conv3d: '3-D convolution',
  'conv-transpose2d': 'transposed convolution, deconvolution',
  'depthwise-conv1d': 'depthwise',
  'separable-conv1d': 'separable',
  'max-pool2d': 'max pooling',
  'average-pool2d': 'average pooling',
  'global-pool': 'global pooling',
  'adaptive-pool': 'adaptive pooling',
  'up-sampling': 'up-sampling, upsample',
  'pixel-shuffle': 'pixel shuffle',
  padding: 'padding, zero padding',
  cropping: 'cropping, crop',
  'batch-normalization': 'batch norm',
  'layer-normalization': 'layer norm',
  'instance-normalization': 'instance norm',
  'group-normalization': 'group norm',
  'rms-normalization': 'RMS norm',
  'spectral-normalization': 'spectral norm',
  'l2-normalization': 'L2 norm',
  'simple-rnn': 'SimpleRNN, vanilla RNN',
  lstm: 'LSTM, bidirectional',
  gru: 'GRU',
  'conv-lstm': 'ConvLSTM',
  'time-to-batch': 'time-distributed',
  'encoder-attention': 'Bahdanau, Luong',
  'multi-head-attention': 'multi-head attention, causal, ALiBi, rotary',
  'position-embedding': 'positional embedding, sinusoidal',
  gcn: 'GCN',
  'graph-sage': 'GraphSAGE',
  gat: 'GAT',
  gin: 'GIN',
  'edge-conditioned': 'message passing',
  'graph-readout': 'readout',
  'link-decoder': 'link decoder',
  'gaussian-sample': 'reparameterised sampling, reparameterization',
  'gaussian-kl': 'KL',
  noise: 'noise source, latent',
  'gradient-penalty': 'gradient penalty, WGAN-GP',
  'vector-quantizer': 'vector quantiser, VQ-VAE, straight-through',
  'timestep-embedding': 'timestep embedding',
  'diffusion-noise': 'noise schedule, diffusion',
  'minibatch-stddev': 'minibatch standard deviation',
  reduce: 'sum, mean',
  'expand-dims': 'expand',
  'arg-max': 'arg-max',
  'top-k': 'top-k',
  'cumulative-sum': 'cumulative sum',
  'stop-gradient': 'stop-gradient, detach',
  'gradient-reversal': 'gradient reversal',
  identity: 'identity, reroute',
  expression: 'expression, formula',
  'softmax-cross-entropy': 'softmax cross-entropy, sparse cross-entropy',
  'categorical-cross-entropy': 'categorical cross-entropy',
  'binary-cross-entropy': 'binary cross-entropy',
  'focal-loss': 'focal',
  'mean-squared-error': 'MSE',
  'mean-absolute-error': 'MAE',
  huber: 'Huber',
  hinge: 'hinge',
  'kl-divergence': 'KL divergence',
  'cosine-loss': 'cosine',
  triplet: 'triplet',
  'info-nce': 'InfoNCE',
  ctc: 'CTC',
  'dice-loss': 'dice loss',
  'iou-loss': 'IoU loss',
  'generator-loss': 'minimax, non-saturating, least squares, Wasserstein',
  'discriminator-loss': 'minimax, least squares, Wasserstein',
  'style-loss': 'style',
  'content-loss': 'content',
  'activity-regularization': 'L1, L2, activity',
  'weighted-loss': 'weighted sum of losses',
  auc: 'AUC, ROC',
  confusion: 'confusion matrix',
  perplexity: 'perplexity',
  'bits-per-character': 'bits per character',
  'absolute-error': 'MAE',
  'root-mean-squared-error': 'RMSE',
  'r-squared': 'R²',
  'mean-iou': 'IoU',
  dice: 'dice',
  'mean-average-precision': 'mAP',
  'exact-match': 'exact match',
  'reconstruction-error': 'reconstruction error',
  csv: 'CSV',
  'image-folder': 'folder of images',
};

describe('the library', () => {
  it.each(
    Object.entries(words).flatMap(([kind, list]) => list.split(', ').map((word) => [word, kind] as const)),
  )('answers “%s” with %s among the first', (word, kind) => {
    expect(
      searchNodes(word)
        .slice(0, 6)
        .map((node) => node.kind),
    ).toContain(kind);
  });

  it.each([
    ['residual', 'residual'],
    ['bottleneck', 'bottleneck'],
    ['inception', 'inception'],
    ['dense block', 'dense-block'],
    ['squeeze-excite', 'squeeze-excite'],
    ['U-Net down', 'unet-down'],
    ['U-Net up', 'unet-up'],
    ['transformer encoder', 'transformer-encoder'],
    ['transformer decoder', 'transformer-decoder'],
    ['feed-forward', 'feed-forward'],
    ['SwiGLU', 'swiglu'],
    ['time-distributed', 'time-distributed'],
    ['GAN generator', 'gan-generator'],
    ['GAN discriminator', 'gan-discriminator'],
  ])('has a ready-made block for “%s”', (word, id) => {
    expect(findBlockChoices(word).map(({ key }) => key)).toContain(`block:ready:${id}`);
  });

  it('puts blocks first where one is called so and no node type is', () => {
    for (const query of ['inception', 'U-Net down', 'residual', 'dense block', 'squeeze-excite', 'gan gen']) {
      expect(blocksComeFirst(query), query).toBe(true);
    }
    for (const query of ['dense', 'add', 'lstm', 'convolution 2d', 'no such thing', '']) {
      expect(blocksComeFirst(query), query).toBe(false);
    }
    expect(findBlockChoices('u-net up')[0]?.key).toBe('block:ready:unet-up');
    expect(findBlockChoices('decoder')[0]?.key).toBe('block:ready:transformer-decoder');
  });

  it('finds nodes by title, alias and description, best first', () => {
    expect(searchNodes('dense')[0]?.kind).toBe('dense');
    expect(searchNodes('fully connected')[0]?.kind).toBe('dense');
    expect(searchNodes('digits')[0]?.kind).toBe('mnist');
    expect(searchNodes('MAX POOL')[0]?.kind).toBe('max-pool2d');
    expect(searchNodes('no such thing')).toEqual([]);
    expect(searchNodes('  ')).toHaveLength(nodeDefinitions.length);
  });

  it('finds nodes by what people want of them, in whole sentences and in Chinese', () => {
    const kinds = (query: string) => searchNodes(query).map(({ kind }) => kind);
    expect(kinds('reduces overfitting')[0]).toBe('dropout');
    expect(kinds('reduces overfitting')).toContain('spatial-dropout');
    expect(kinds('reduces overfitting')).not.toContain('reduce');
    expect(kinds('dropuot')[0]).toBe('dropout');
    expect(kinds('corss entropy')[0]).toBe('softmax-cross-entropy');
    expect(kinds('prevents vanishing gradients')).toContain('lstm');
    speakOfNodes(nodeTranslation);
    expect(kinds('防止过拟合')[0]).toBe('dropout');
    expect(kinds('减少过拟合')).toContain('dropout');
    expect(kinds('卷积')).toContain('conv2d');
    expect(kinds('随机失活')[0]).toBe('dropout');
    expect(kinds('卷机')).toContain('conv2d');
    expect(kinds('注意理')[0]).toBe('multi-head-attention');
    speakOfNodes(null);
  });

  it.each([
    ['metrics', 'accuracy'],
    ['losses', 'softmax-cross-entropy'],
    ['optimizers', 'adam'],
    ['generative', 'vector-quantizer'],
    ['operations', 'matmul'],
  ])('finds by “%s” what stands in that group', (word, kind) => {
    expect(searchNodes(word).map((node) => node.kind)).toContain(kind);
  });

  it('shows every node type, in a category and with an icon', () => {
    for (const { category, icon } of nodeDefinitions) {
      expect(categories).toContain(category);
      expect(hasIcon(icon)).toBe(true);
    }
  });
});
