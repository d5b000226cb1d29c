import type { Tensor } from '@tensorflow/tfjs-core';

/**
 * The closed list of tensor operations that a node's `forward` may use: what is known to
 * trace, to differentiate and to agree on every runtime. The engine supplies the
 * implementation; node files know it only as this type. Images are `[B, H, W, C]`.
 */
export interface Ops {
  scalar(value: number): Tensor;
  zeros(shape: readonly number[]): Tensor;
  ones(shape: readonly number[]): Tensor;

  add(a: Tensor, b: Tensor): Tensor;
  sub(a: Tensor, b: Tensor): Tensor;
  mul(a: Tensor, b: Tensor): Tensor;
  div(a: Tensor, b: Tensor): Tensor;
  neg(x: Tensor): Tensor;
  abs(x: Tensor): Tensor;
  square(x: Tensor): Tensor;
  sqrt(x: Tensor): Tensor;
  rsqrt(x: Tensor): Tensor;
  exp(x: Tensor): Tensor;
  log(x: Tensor): Tensor;
  floor(x: Tensor): Tensor;
  maximum(a: Tensor, b: Tensor): Tensor;
  minimum(a: Tensor, b: Tensor): Tensor;

  relu(x: Tensor): Tensor;
  leakyRelu(x: Tensor, alpha: number): Tensor;
  elu(x: Tensor): Tensor;
  selu(x: Tensor): Tensor;
  /** x·Φ(x): Hendrycks and Gimpel 2016, with the error function (PyTorch's default). */
  gelu(x: Tensor): Tensor;
  silu(x: Tensor): Tensor;
  softplus(x: Tensor): Tensor;
  sigmoid(x: Tensor): Tensor;
  tanh(x: Tensor): Tensor;
  /** Over the last axis. */
  softmax(x: Tensor): Tensor;
  /** Over the last axis. */
  logSoftmax(x: Tensor): Tensor;

  sum(x: Tensor, axes?: readonly number[], keepDims?: boolean): Tensor;
  mean(x: Tensor, axes?: readonly number[], keepDims?: boolean): Tensor;
  max(x: Tensor, axes?: readonly number[], keepDims?: boolean): Tensor;
  /** int32 index of the largest value along `axis`. */
  argMax(x: Tensor, axis: number): Tensor;

  /** `[…, n, k] · […, k, m]`. */
  matMul(a: Tensor, b: Tensor): Tensor;
  /** `x·kernel + bias` over the last axis of x; the engine fuses where that is faster. */
  affine(x: Tensor, kernel: Tensor, bias?: Tensor): Tensor;
  /** kernel `[kh, kw, Cin, Cout]`, strides `[sh, sw]`. */
  conv2d(
    x: Tensor,
    kernel: Tensor,
    options: { strides: readonly [number, number]; padding: 'same' | 'valid' },
  ): Tensor;
  maxPool2d(x: Tensor, options: Pool2dOptions): Tensor;
  averagePool2d(x: Tensor, options: Pool2dOptions): Tensor;
  /**
   * Normalises over all axes but the last with the batch's own moments (Ioffe and Szegedy 2015).
   * `mean` and `variance` (biased) are `[C]`, for the running averages; gradients flow through y only.
   */
  batchNormTraining(
    x: Tensor,
    scale: Tensor,
    offset: Tensor,
    epsilon: number,
  ): { y: Tensor; mean: Tensor; variance: Tensor };
  batchNormInference(
    x: Tensor,
    moments: { mean: Tensor; variance: Tensor },
    scale: Tensor,
    offset: Tensor,
    epsilon: number,
  ): Tensor;

  reshape(x: Tensor, shape: readonly number[]): Tensor;
  transpose(x: Tensor, permutation: readonly number[]): Tensor;
  concat(values: readonly Tensor[], axis: number): Tensor;
  cast(x: Tensor, dtype: 'float32' | 'int32' | 'bool'): Tensor;
  /** float32 `[…, depth]`. */
  oneHot(indices: Tensor, depth: number): Tensor;
  equal(a: Tensor, b: Tensor): Tensor;
  greater(a: Tensor, b: Tensor): Tensor;
  stopGradient(x: Tensor): Tensor;

  /** Per sample `[B]`: logits `[B, K]`, int32 labels `[B]`. */
  sparseSoftmaxCrossEntropy(logits: Tensor, labels: Tensor): Tensor;
}

export interface Pool2dOptions {
  readonly size: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly padding: 'same' | 'valid';
}

/**
 * The only source of chance in a forward pass. Each call is a stateless draw keyed by the run's
 * seed, the node's instance path, the call's number within the node, and the step.
 */
export interface RandomOps {
  /** Uniform in [0, 1). */
  uniform(shape: readonly number[]): Tensor;
  normal(shape: readonly number[]): Tensor;
}

/** In-place update kernels for optimiser nodes: each with PyTorch's formula. */
export interface UpdateOps {
  /**
   * `g ← g + weightDecay·w; v ← momentum·v + g; w ← w − lr·(nesterov ? g + momentum·v : v)`
   * (torch.optim.SGD; without momentum the slot may be left out).
   */
  momentum(hyper: { momentum: number; nesterov: boolean; weightDecay: number }): void;
  /** torch.optim.Adam: bias-corrected, epsilon outside the root. */
  adam(hyper: { beta1: number; beta2: number; epsilon: number; weightDecay: number }): void;
}
