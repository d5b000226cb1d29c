// What the kernels over rows take.
#ifndef NEUROLOOM_KERNELS_ELEMENTWISE_ARGS_H_
#define NEUROLOOM_KERNELS_ELEMENTWISE_ARGS_H_

#include <cstdint>

namespace neuroloom {

// `x`, `y` `[rows, width]`, `scale`, `offset` `[width]`, `mean`, `inverse` `[rows]`.
struct NormForwardArgs {
  int64_t rows, width;
  bool centred;
  float epsilon;
  const float *x, *scale, *offset;
  float *y, *mean, *inverse;
};

struct NormBackwardArgs {
  int64_t rows, width;
  bool centred;
  const float *x, *scale, *mean, *inverse, *dy;
  float *dx, *d_scale, *d_offset;
};

// `x`, `y` `[rows, width]`, all else `[width]`.
struct BatchNormForwardArgs {
  int64_t rows, width;
  float epsilon;
  const float *x, *scale, *offset;
  float *y, *mean, *variance;
};

struct BatchNormBackwardArgs {
  int64_t rows, width;
  float epsilon;
  const float *x, *scale, *mean, *variance, *dy;
  float *dx, *d_scale, *d_offset;
};

struct CrossEntropyArgs {
  int64_t rows, width;
  const float* logits;
  const int32_t* labels;
  float *loss, *gradient;
};

// Of `count` answers yes or no: `loss` of each and its slope over the logit.
struct BinaryCrossEntropyArgs {
  int64_t count;
  // How much a yes counts.
  float positive;
  const float *logits, *targets;
  float *loss, *gradient;
};

// The numbers of the stream `key0`, `key1`, one for each of `x`.
struct DropoutArgs {
  int64_t count;
  float rate;
  uint32_t key0, key1;
  const float* x;
  float* y;
};

}  // namespace neuroloom

#endif  // NEUROLOOM_KERNELS_ELEMENTWISE_ARGS_H_
