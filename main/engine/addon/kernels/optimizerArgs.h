// What the kernels of optimisers take.
#ifndef NEUROLOOM_KERNELS_OPTIMIZER_ARGS_H_
#define NEUROLOOM_KERNELS_OPTIMIZER_ARGS_H_

#include <cstdint>

namespace neuroloom {

// Values of a weight before the update and, beside each, where the one after it goes.
struct AdamArgs {
  int64_t count;
  // 1 − β₁ and 1 − β₂.
  float rest1, rest2;
  // Share of the weight that is added to the gradient, and that which is taken off the weight.
  float pull, decay;
  float rate, epsilon;
  const float *weight, *mean, *square, *gradient;
  float *next_weight, *next_mean, *next_square;
};

}  // namespace neuroloom

#endif  // NEUROLOOM_KERNELS_OPTIMIZER_ARGS_H_
