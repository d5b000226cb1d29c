import { encoderAttention } from './attention/encoder-attention.ts';
import { multiHeadAttention } from './attention/multi-head-attention.ts';
import { positionEmbedding } from './attention/position-embedding.ts';
import { adaptivePool } from './convolution/adaptive-pool.ts';
import { averagePool1d } from './convolution/average-pool1d.ts';
import { averagePool2d } from './convolution/average-pool2d.ts';
import { averagePool3d } from './convolution/average-pool3d.ts';
import { convTranspose1d } from './convolution/conv-transpose1d.ts';
import { convTranspose2d } from './convolution/conv-transpose2d.ts';
import { convTranspose3d } from './convolution/conv-transpose3d.ts';
import { conv1d } from './convolution/conv1d.ts';
import { conv2d } from './convolution/conv2d.ts';
import { conv3d } from './convolution/conv3d.ts';
import { cropping } from './convolution/cropping.ts';
import { depthwiseConv1d } from './convolution/depthwise-conv1d.ts';
import { depthwiseConv2d } from './convolution/depthwise-conv2d.ts';
import { globalPool } from './convolution/global-pool.ts';
import { maxPool1d } from './convolution/max-pool1d.ts';
import { maxPool2d } from './convolution/max-pool2d.ts';
import { maxPool3d } from './convolution/max-pool3d.ts';
import { padding } from './convolution/padding.ts';
import { pixelShuffle } from './convolution/pixel-shuffle.ts';
import { separableConv1d } from './convolution/separable-conv1d.ts';
import { separableConv2d } from './convolution/separable-conv2d.ts';
import { upSampling } from './convolution/up-sampling.ts';
import { cora } from './data/cora.ts';
import { coraLinks } from './data/cora-links.ts';
import { csv } from './data/csv.ts';
import { dateSpellings } from './data/date-spellings.ts';
import { firstNames } from './data/first-names.ts';
import { graphMotifs } from './data/graph-motifs.ts';
import { imageFolder } from './data/image-folder.ts';
import { iris } from './data/iris.ts';
import { mnist } from './data/mnist.ts';
import { mnistFew } from './data/mnist-few.ts';
import { mnistPairs } from './data/mnist-pairs.ts';
import { mobyDick } from './data/moby-dick.ts';
import { mobyDickWords } from './data/moby-dick-words.ts';
import { shapeScenes } from './data/shape-scenes.ts';
import { speeches } from './data/speeches.ts';
import { spokenWords } from './data/spoken-words.ts';
import { stylePictures } from './data/style-pictures.ts';
import { sunspots } from './data/sunspots.ts';
import { twoSpirals } from './data/two-spirals.ts';
import type { NodeDefinition } from './defineNode.ts';
import { diffusionNoise } from './generative/diffusion-noise.ts';
import { gaussianKl } from './generative/gaussian-kl.ts';
import { gaussianSample } from './generative/gaussian-sample.ts';
import { gradientPenalty } from './generative/gradient-penalty.ts';
import { maskTokens } from './generative/mask-tokens.ts';
import { minibatchStddev } from './generative/minibatch-stddev.ts';
import { noise } from './generative/noise.ts';
import { randomAffine } from './generative/random-affine.ts';
import { randomMix } from './generative/random-mix.ts';
import { timestepEmbedding } from './generative/timestep-embedding.ts';
import { vectorQuantizer } from './generative/vector-quantizer.ts';
import { edgeConditioned } from './graph/edge-conditioned.ts';
import { gat } from './graph/gat.ts';
import { gcn } from './graph/gcn.ts';
import { gin } from './graph/gin.ts';
import { graphReadout } from './graph/graph-readout.ts';
import { graphSage } from './graph/graph-sage.ts';
import { linkDecoder } from './graph/link-decoder.ts';
import { activation } from './layers/activation.ts';
import { alphaDropout } from './layers/alpha-dropout.ts';
import { bias } from './layers/bias.ts';
import { dense } from './layers/dense.ts';
import { dropout } from './layers/dropout.ts';
import { embedding } from './layers/embedding.ts';
import { gaussianNoise } from './layers/gaussian-noise.ts';
import { prelu } from './layers/prelu.ts';
import { spatialDropout } from './layers/spatial-dropout.ts';
import { tiedOutput } from './layers/tied-output.ts';
import { activityRegularization } from './losses/activity-regularization.ts';
import { binaryCrossEntropy } from './losses/binary-cross-entropy.ts';
import { categoricalCrossEntropy } from './losses/categorical-cross-entropy.ts';
import { contentLoss } from './losses/content-loss.ts';
import { cosineLoss } from './losses/cosine-loss.ts';
import { ctc } from './losses/ctc.ts';
import { diceLoss } from './losses/dice-loss.ts';
import { discriminatorLoss } from './losses/discriminator-loss.ts';
import { focalLoss } from './losses/focal-loss.ts';
import { generatorLoss } from './losses/generator-loss.ts';
import { hinge } from './losses/hinge.ts';
import { huber } from './losses/huber.ts';
import { infoNce } from './losses/info-nce.ts';
import { iouLoss } from './losses/iou-loss.ts';
import { klDivergence } from './losses/kl-divergence.ts';
import { meanAbsoluteError } from './losses/mean-absolute-error.ts';
import { meanSquaredError } from './losses/mean-squared-error.ts';
import { softmaxCrossEntropy } from './losses/softmax-cross-entropy.ts';
import { styleLoss } from './losses/style-loss.ts';
import { triplet } from './losses/triplet.ts';
import { weightedLoss } from './losses/weighted-loss.ts';
import { absoluteError } from './metrics/absolute-error.ts';
import { accuracy } from './metrics/accuracy.ts';
import { auc } from './metrics/auc.ts';
import { bitsPerCharacter } from './metrics/bits-per-character.ts';
import { classesCovered } from './metrics/classes-covered.ts';
import { codePerplexity } from './metrics/code-perplexity.ts';
import { confusion } from './metrics/confusion.ts';
import { dice } from './metrics/dice.ts';
import { exactMatch } from './metrics/exact-match.ts';
import { f1 } from './metrics/f1.ts';
import { meanAveragePrecision } from './metrics/mean-average-precision.ts';
import { meanIou } from './metrics/mean-iou.ts';
import { perplexity } from './metrics/perplexity.ts';
import { precision } from './metrics/precision.ts';
import { rSquared } from './metrics/r-squared.ts';
import { recall } from './metrics/recall.ts';
import { recognized } from './metrics/recognized.ts';
import { reconstructionError } from './metrics/reconstruction-error.ts';
import { relativeError } from './metrics/relative-error.ts';
import { rootMeanSquaredError } from './metrics/root-mean-squared-error.ts';
import { topKAccuracy } from './metrics/top-k-accuracy.ts';
import { batchNormalization } from './normalization/batch-normalization.ts';
import { groupNormalization } from './normalization/group-normalization.ts';
import { instanceNormalization } from './normalization/instance-normalization.ts';
import { l2Normalization } from './normalization/l2-normalization.ts';
import { layerNormalization } from './normalization/layer-normalization.ts';
import { rmsNormalization } from './normalization/rms-normalization.ts';
import { spectralNormalization } from './normalization/spectral-normalization.ts';
import { add } from './operations/add.ts';
import { argMax } from './operations/arg-max.ts';
import { cast } from './operations/cast.ts';
import { clip } from './operations/clip.ts';
import { compare } from './operations/compare.ts';
import { concatenate } from './operations/concatenate.ts';
import { constant } from './operations/constant.ts';
import { cumulativeSum } from './operations/cumulative-sum.ts';
import { divide } from './operations/divide.ts';
import { einsum } from './operations/einsum.ts';
import { expandDims } from './operations/expand-dims.ts';
import { expression } from './operations/expression.ts';
import { flatten } from './operations/flatten.ts';
import { gather } from './operations/gather.ts';
import { gradientReversal } from './operations/gradient-reversal.ts';
import { identity } from './operations/identity.ts';
import { learnableParameter } from './operations/learnable-parameter.ts';
import { logic } from './operations/logic.ts';
import { matmul } from './operations/matmul.ts';
import { multiply } from './operations/multiply.ts';
import { oneHot } from './operations/one-hot.ts';
import { permute } from './operations/permute.ts';
import { power } from './operations/power.ts';
import { reduce } from './operations/reduce.ts';
import { reshape } from './operations/reshape.ts';
import { resize } from './operations/resize.ts';
import { slice } from './operations/slice.ts';
import { split } from './operations/split.ts';
import { squeeze } from './operations/squeeze.ts';
import { stack } from './operations/stack.ts';
import { stopGradient } from './operations/stop-gradient.ts';
import { subtract } from './operations/subtract.ts';
import { topK } from './operations/top-k.ts';
import { where } from './operations/where.ts';
import { adadelta } from './optimizers/adadelta.ts';
import { adagrad } from './optimizers/adagrad.ts';
import { adam } from './optimizers/adam.ts';
import { adamax } from './optimizers/adamax.ts';
import { adamw } from './optimizers/adamw.ts';
import { lion } from './optimizers/lion.ts';
import { rmsprop } from './optimizers/rmsprop.ts';
import { sgd } from './optimizers/sgd.ts';
import { batchToTime } from './recurrent/batch-to-time.ts';
import { convLstm } from './recurrent/conv-lstm.ts';
import { gru } from './recurrent/gru.ts';
import { lstm } from './recurrent/lstm.ts';
import { simpleRnn } from './recurrent/simple-rnn.ts';
import { timeToBatch } from './recurrent/time-to-batch.ts';

/** Every node type, one line each. The order is the library's order within a category. */
export const nodeDefinitions: readonly NodeDefinition[] = [
  mnist,
  mnistFew,
  mnistPairs,
  twoSpirals,
  iris,
  shapeScenes,
  firstNames,
  spokenWords,
  stylePictures,
  sunspots,
  dateSpellings,
  mobyDick,
  mobyDickWords,
  speeches,
  cora,
  coraLinks,
  graphMotifs,
  csv,
  imageFolder,
  dense,
  embedding,
  tiedOutput,
  bias,
  conv2d,
  conv1d,
  conv3d,
  convTranspose1d,
  convTranspose2d,
  convTranspose3d,
  depthwiseConv2d,
  separableConv2d,
  depthwiseConv1d,
  separableConv1d,
  maxPool2d,
  averagePool2d,
  maxPool1d,
  averagePool1d,
  maxPool3d,
  averagePool3d,
  globalPool,
  adaptivePool,
  upSampling,
  pixelShuffle,
  padding,
  cropping,
  batchNormalization,
  layerNormalization,
  instanceNormalization,
  groupNormalization,
  rmsNormalization,
  l2Normalization,
  spectralNormalization,
  dropout,
  spatialDropout,
  alphaDropout,
  gaussianNoise,
  flatten,
  add,
  subtract,
  multiply,
  divide,
  matmul,
  einsum,
  power,
  reduce,
  gather,
  oneHot,
  cast,
  clip,
  where,
  compare,
  logic,
  argMax,
  topK,
  cumulativeSum,
  resize,
  stopGradient,
  gradientReversal,
  identity,
  constant,
  learnableParameter,
  expression,
  concatenate,
  reshape,
  permute,
  squeeze,
  expandDims,
  slice,
  split,
  stack,
  activation,
  prelu,
  simpleRnn,
  lstm,
  gru,
  convLstm,
  timeToBatch,
  batchToTime,
  multiHeadAttention,
  positionEmbedding,
  encoderAttention,
  gcn,
  graphSage,
  gat,
  gin,
  edgeConditioned,
  graphReadout,
  linkDecoder,
  noise,
  gaussianSample,
  gaussianKl,
  randomMix,
  randomAffine,
  maskTokens,
  gradientPenalty,
  minibatchStddev,
  vectorQuantizer,
  diffusionNoise,
  timestepEmbedding,
  softmaxCrossEntropy,
  categoricalCrossEntropy,
  meanSquaredError,
  binaryCrossEntropy,
  focalLoss,
  meanAbsoluteError,
  huber,
  hinge,
  klDivergence,
  cosineLoss,
  triplet,
  infoNce,
  ctc,
  diceLoss,
  iouLoss,
  discriminatorLoss,
  generatorLoss,
  styleLoss,
  contentLoss,
  activityRegularization,
  weightedLoss,
  adam,
  adamw,
  sgd,
  lion,
  rmsprop,
  adamax,
  adagrad,
  adadelta,
  accuracy,
  topKAccuracy,
  precision,
  recall,
  f1,
  auc,
  confusion,
  meanIou,
  dice,
  meanAveragePrecision,
  exactMatch,
  perplexity,
  bitsPerCharacter,
  absoluteError,
  rootMeanSquaredError,
  rSquared,
  reconstructionError,
  recognized,
  classesCovered,
  codePerplexity,
  relativeError,
];

const byKind: ReadonlyMap<string, NodeDefinition> = new Map(nodeDefinitions.map((node) => [node.kind, node]));

/** Undefined for a kind that this version does not know: such a node is kept as a placeholder. */
export function findNodeDefinition(kind: string): NodeDefinition | undefined {
  return byKind.get(kind);
}

/** Whether a figure of metric records (e.g. `accuracy`, or `accuracy (head)`) is a share, which people read in percent. */
export function isPercentage(key: string): boolean {
  const [metricKey] = key.split(' (');
  return nodeDefinitions.some(
    (node) => node.role === 'metric' && node.metricKey === metricKey && node.format === 'percent',
  );
}
