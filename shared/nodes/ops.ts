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
  round(x: Tensor): Tensor;
  sign(x: Tensor): Tensor;
  sin(x: Tensor): Tensor;
  cos(x: Tensor): Tensor;
  erf(x: Tensor): Tensor;
  log1p(x: Tensor): Tensor;
  expm1(x: Tensor): Tensor;
  pow(base: Tensor, exponent: Tensor): Tensor;
  /** The gradient is zero outside the range. */
  clip(x: Tensor, min: number, max: number): Tensor;
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
  /** Of equal largest values each gets an equal share of the gradient. */
  max(x: Tensor, axes?: readonly number[], keepDims?: boolean): Tensor;
  min(x: Tensor, axes?: readonly number[], keepDims?: boolean): Tensor;
  logSumExp(x: Tensor, axes?: readonly number[], keepDims?: boolean): Tensor;
  cumulativeSum(x: Tensor, axis: number, options?: { exclusive?: boolean; reverse?: boolean }): Tensor;
  /** int32 index of the largest value along `axis`. */
  argMax(x: Tensor, axis: number): Tensor;
  /** The k largest along the last axis, largest first; gradients flow through `values`. */
  topK(x: Tensor, k: number): { values: Tensor; indices: Tensor };

  /** `[…, n, k] · […, k, m]`. */
  matMul(a: Tensor, b: Tensor): Tensor;
  /** `x·kernel + bias` over the last axis of x; the engine fuses where that is faster. */
  affine(x: Tensor, kernel: Tensor, bias?: Tensor): Tensor;
  /** Einstein's sum over one or two operands, e.g. `bqhd,bkhd->bhqk`; no ellipsis, no repeated letter in one operand. */
  einsum(equation: string, operands: readonly Tensor[]): Tensor;
  /** `[B, T, Cin]` by kernel `[k, Cin / groups, Cout]`. */
  conv1d(x: Tensor, kernel: Tensor, options: ConvOptions<number>): Tensor;
  /** kernel `[kh, kw, Cin / groups, Cout]`, strides and dilations `[h, w]`. */
  conv2d(x: Tensor, kernel: Tensor, options: ConvOptions<readonly [number, number]>): Tensor;
  /** `[B, D, H, W, Cin]` by kernel `[kd, kh, kw, Cin / groups, Cout]`, strides and dilations `[d, h, w]`. */
  conv3d(x: Tensor, kernel: Tensor, options: ConvOptions<readonly [number, number, number]>): Tensor;
  /**
   * The gradient of `conv2d` with respect to its input, as a layer (Dumoulin and Visin 2016):
   * kernel `[kh, kw, Cout, Cin]`, `same` gives stride × size, `valid` (size − 1)·stride + kernel.
   */
  convTranspose2d(
    x: Tensor,
    kernel: Tensor,
    options: { strides: readonly [number, number]; padding: 'same' | 'valid' },
  ): Tensor;
  /** The same of `conv3d`: kernel `[kd, kh, kw, Cout, Cin]`. */
  convTranspose3d(
    x: Tensor,
    kernel: Tensor,
    options: { strides: readonly [number, number, number]; padding: 'same' | 'valid' },
  ): Tensor;
  /** kernel `[kh, kw, C, multiplier]`; output channel `c·multiplier + m`. */
  depthwiseConv2d(
    x: Tensor,
    kernel: Tensor,
    options: Omit<ConvOptions<readonly [number, number]>, 'groups'>,
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

  /** Normalises the last axis (Ba, Kiros and Hinton 2016). */
  layerNorm(x: Tensor, scale: Tensor | undefined, offset: Tensor | undefined, epsilon: number): Tensor;
  /** `x / √(mean(x²) + ε) · scale` over the last axis (Zhang and Sennrich 2019). */
  rmsNorm(x: Tensor, scale: Tensor | undefined, epsilon: number): Tensor;
  /**
   * softmax(q·kᵀ·scale + mask)·v for q `[B, Tq, H, D]`, k `[B, Tk, H, D]`, v `[B, Tk, H, Dv]`
   * (Vaswani et al. 2017). `mask` is added to the scores, broadcast to `[B, H, Tq, Tk]`: 0 where a
   * query may look, a large negative number where not. `causal` forbids keys after the query.
   * `dropout` is applied to the weights. y is `[B, Tq, H, Dv]`, `weights` `[B, H, Tq, Tk]`, before dropout.
   */
  attention(args: AttentionArgs): { y: Tensor; weights: Tensor };
  /** Elman 1990: `h ← f(x·kernel + h·recurrent + bias)` over the time axis of x `[B, T, I]`. */
  simpleRnn(args: RecurrentArgs & { activation: 'tanh' | 'relu' }): RecurrentResult;
  /**
   * Hochreiter and Schmidhuber 1997, with the gates in PyTorch's and Keras' order i, f, g, o:
   * kernel `[I, 4U]`, recurrent `[U, 4U]`, bias `[4U]`, state h and c `[B, U]`.
   */
  lstm(args: RecurrentArgs & { c: Tensor }): RecurrentResult & { c: Tensor };
  /**
   * Cho et al. 2014 in PyTorch's form (cuDNN's, Keras' `reset_after`), gates r, z, n: kernel `[I, 3U]`, recurrent
   * `[U, 3U]`, bias `[3U]` of the input and `recurrentBias` `[3U]`; `n = tanh(x·Kn + bn + r·(h·Rn + rbn))`.
   */
  gru(args: RecurrentArgs & { recurrentBias: Tensor | undefined }): RecurrentResult;

  reshape(x: Tensor, shape: readonly number[]): Tensor;
  transpose(x: Tensor, permutation: readonly number[]): Tensor;
  concat(values: readonly Tensor[], axis: number): Tensor;
  stack(values: readonly Tensor[], axis: number): Tensor;
  unstack(x: Tensor, axis: number): Tensor[];
  /** `size[i] = −1` takes all that is left of axis i. */
  slice(x: Tensor, begin: readonly number[], size: readonly number[]): Tensor;
  split(x: Tensor, sizes: readonly number[], axis: number): Tensor[];
  /** Before and after each axis. */
  pad(
    x: Tensor,
    paddings: readonly (readonly [number, number])[],
    mode: 'constant' | 'reflect' | 'symmetric',
    value?: number,
  ): Tensor;
  tile(x: Tensor, repeats: readonly number[]): Tensor;
  broadcastTo(x: Tensor, shape: readonly number[]): Tensor;
  reverse(x: Tensor, axes: readonly number[]): Tensor;
  /** Rows of `axis` by int32 `indices` of any rank: its shape takes the place of the axis. */
  gather(x: Tensor, indices: Tensor, axis: number): Tensor;
  /** Sums the rows of x `[E, …]` that have the same int32 number in `segments` `[E]`: `[count, …]`. */
  segmentSum(x: Tensor, segments: Tensor, count: number): Tensor;
  /** The largest row value of each segment; of an empty segment zero. */
  segmentMax(x: Tensor, segments: Tensor, count: number): Tensor;
  /** `[B, H, W, C]` to `[B, h, w, C]`, corners not aligned, half-pixel centres (PyTorch's default). */
  resizeNearest(x: Tensor, size: readonly [number, number]): Tensor;
  resizeBilinear(x: Tensor, size: readonly [number, number]): Tensor;
  /** `[B, H, W, C·b²]` to `[B, H·b, W·b, C]` with TensorFlow's order of channels. */
  depthToSpace(x: Tensor, block: number): Tensor;
  cast(x: Tensor, dtype: 'float32' | 'int32' | 'bool'): Tensor;
  /** float32 `[…, depth]`. */
  oneHot(indices: Tensor, depth: number): Tensor;
  equal(a: Tensor, b: Tensor): Tensor;
  notEqual(a: Tensor, b: Tensor): Tensor;
  greater(a: Tensor, b: Tensor): Tensor;
  greaterEqual(a: Tensor, b: Tensor): Tensor;
  less(a: Tensor, b: Tensor): Tensor;
  lessEqual(a: Tensor, b: Tensor): Tensor;
  logicalAnd(a: Tensor, b: Tensor): Tensor;
  logicalOr(a: Tensor, b: Tensor): Tensor;
  logicalNot(x: Tensor): Tensor;
  /** Of each place a or b; all three broadcast together. No gradient reaches the branch not taken. */
  select(condition: Tensor, a: Tensor, b: Tensor): Tensor;
  stopGradient(x: Tensor): Tensor;
  /** x forward, −factor·gradient backward (Ganin and Lempitsky 2015). */
  reverseGradient(x: Tensor, factor: number): Tensor;
  /**
   * ∂(sum of y)/∂x for an `x` that `y` was computed from in the same pass; itself differentiable.
   * Only in nodes that declare `differentiatesTwice`.
   */
  gradient(y: Tensor, x: Tensor): Tensor;

  /** Per sample `[B]`: logits `[B, K]`, int32 labels `[B]`. */
  sparseSoftmaxCrossEntropy(logits: Tensor, labels: Tensor): Tensor;
  /** Of each place −positive·t·log σ(x) − (1 − t)·log(1 − σ(x)); logits x and targets t of one shape. */
  sigmoidCrossEntropy(logits: Tensor, targets: Tensor, positive: number): Tensor;
}

export interface ConvOptions<Size> {
  readonly strides: Size;
  readonly padding: 'same' | 'valid';
  readonly dilations?: Size;
  readonly groups?: number;
}

export interface AttentionArgs {
  readonly q: Tensor;
  readonly k: Tensor;
  readonly v: Tensor;
  readonly scale: number;
  readonly mask?: Tensor;
  readonly causal?: boolean;
  readonly dropout?: { readonly rate: number; readonly random: RandomOps };
}

export interface RecurrentArgs {
  /** `[B, T, I]`. */
  readonly x: Tensor;
  /** `[B, U]`. */
  readonly h: Tensor;
  readonly kernel: Tensor;
  readonly recurrent: Tensor;
  readonly bias: Tensor | undefined;
  /** float32 `[B, T]`: where 0 the state is carried over and the output of the step is zero. */
  readonly mask?: Tensor;
  /** Runs from the last step to the first; `sequence` stays in the order of time. */
  readonly reverse?: boolean;
  /** Zeroes `h` on its way into the recurrent product, the same mask at every step (Gal and Ghahramani 2016). */
  readonly recurrentDropout?: { readonly rate: number; readonly random: RandomOps };
}

export interface RecurrentResult {
  /** `[B, T, U]`. */
  readonly sequence: Tensor;
  /** After the last step, `[B, U]`. */
  readonly h: Tensor;
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
  /** x / (1 − rate), or 0 with probability `rate` (Srivastava et al. 2014). */
  dropped(x: Tensor, rate: number): Tensor;
}

/**
 * The update of one weight by its gradient g at rate lr, for optimiser nodes: each with PyTorch's
 * formula. `weightDecay` adds weightDecay·w to g, except where it is decoupled. Slots are the
 * node's own, in the order in which it declares them.
 */
export interface UpdateOps {
  /**
   * `v ← momentum·v + g; w ← w − lr·(nesterov ? g + momentum·v : v)` (torch.optim.SGD; without
   * momentum the slot may be left out).
   */
  momentum(hyper: { momentum: number; nesterov: boolean; weightDecay: number }): void;
  /**
   * torch.optim.Adam: bias-corrected, epsilon outside the root; `decoupled` is torch.optim.AdamW
   * (Loshchilov and Hutter 2019): `w ← w − lr·weightDecay·w` before the step. Slots m, v.
   */
  adam(hyper: {
    beta1: number;
    beta2: number;
    epsilon: number;
    weightDecay: number;
    decoupled?: boolean;
  }): void;
  /** torch.optim.Adamax: `u ← max(β₂·u, |g| + ε); w ← w − lr/(1 − β₁ᵗ)·m/u`. Slots m, u. */
  adamax(hyper: { beta1: number; beta2: number; epsilon: number; weightDecay: number }): void;
  /**
   * torch.optim.RMSprop: `v ← α·v + (1 − α)·g²; step = g / (√v + ε)`; `centered` takes the square of
   * the mean gradient off v; with momentum `b ← momentum·b + step; w ← w − lr·b`. Slots v, then the
   * mean gradient where centered, then b where there is momentum.
   */
  rmsprop(hyper: {
    alpha: number;
    epsilon: number;
    momentum: number;
    centered: boolean;
    weightDecay: number;
  }): void;
  /** torch.optim.Adagrad: `s ← s + g²; w ← w − lr/(1 + (t − 1)·rateDecay)·g/(√s + ε)`. Slot s. */
  adagrad(hyper: { rateDecay: number; epsilon: number; weightDecay: number }): void;
  /** torch.optim.Adadelta: `d = √(a + ε)/√(v + ε)·g; w ← w − lr·d`, v and a running means of g² and d². Slots v, a. */
  adadelta(hyper: { rho: number; epsilon: number; weightDecay: number }): void;
  /**
   * Lion (Chen et al. 2023): `w ← w − lr·weightDecay·w; w ← w − lr·sign(β₁·m + (1 − β₁)·g);
   * m ← β₂·m + (1 − β₂)·g`. Slot m.
   */
  lion(hyper: { beta1: number; beta2: number; weightDecay: number }): void;
}
