// What the recurrent kernels take. Sequences are `[T, B, …]`, states `[B, U]`, kernels `[U, gates·U]`.
#ifndef NEUROLOOM_KERNELS_RECURRENT_ARGS_H_
#define NEUROLOOM_KERNELS_RECURRENT_ARGS_H_

#include <cstdint>

namespace neuroloom {

struct Sizes {
  int64_t steps, batch, units;
};

// The order in which steps are taken.
struct Order {
  int64_t steps;
  bool reverse;
  int64_t Time(int64_t index) const { return reverse ? steps - 1 - index : index; }
};

// `input` is x·kernel + bias; `hidden` and `cells` are the states after each step; `mask` `[T, B]` or null.
struct LstmForwardArgs {
  const float *input, *recurrent, *h, *c, *mask;
  float *hidden, *cells, *gates;
};

// `d_h` and `d_c` hold the gradients of the last state when called and those of the first one afterwards.
struct LstmBackwardArgs {
  const float *recurrent, *c, *mask, *cells, *gates, *d_hidden;
  float *d_input, *d_h, *d_c;
};

// `bias` is the recurrent one, `states` what it and the product bring to the new gate.
struct GruForwardArgs {
  const float *input, *recurrent, *bias, *h, *mask;
  float *hidden, *gates, *states;
};

struct GruBackwardArgs {
  const float *recurrent, *h, *mask, *hidden, *gates, *states, *d_hidden;
  float *d_input, *d_recurrent, *d_h;
};

// `outputs` are the activations before the mask blends them with the old state.
struct RnnForwardArgs {
  const float *input, *recurrent, *h, *mask;
  bool relu;
  float *hidden, *outputs;
};

struct RnnBackwardArgs {
  const float *recurrent, *mask, *outputs, *d_hidden;
  bool relu;
  float *d_input, *d_h;
};

}  // namespace neuroloom

#endif  // NEUROLOOM_KERNELS_RECURRENT_ARGS_H_
