// What the product of matrices and attention take.
#ifndef NEUROLOOM_KERNELS_PRODUCT_ARGS_H_
#define NEUROLOOM_KERNELS_PRODUCT_ARGS_H_

#include <cstdint>

namespace neuroloom {

// Numbers `row` apart from row to row and `column` apart from column to column.
struct Matrix {
  const float* data;
  int64_t row, column;
};

// `a` is `[rows, depth]`, `b` `[depth, columns]`, `bias` `[columns]` or null; the rows of c are `c_row` apart. One of
// the strides of `b` is 1.
struct ProductArgs {
  int64_t rows, columns, depth;
  Matrix a, b;
  const float* bias;
  float* c;
  int64_t c_row;
};

// Queries `[batch, queries, heads, size]`, keys and values `[batch, keys, heads, size]`, weights
// `[batch, heads, queries, keys]`. Where `causal`, a query sees no key after its own place, counted from the end.
struct AttentionSizes {
  int64_t batch, heads, queries, keys, size;
  bool causal;
};

// Added to the scores; an axis of one has a stride of zero.
struct AttentionMask {
  const float* data;
  int64_t batch, head, query, key;
};

struct AttentionWeightsArgs {
  AttentionSizes sizes;
  float scale;
  AttentionMask mask;
  const float *q, *k;
  float* weights;
};

// `d_scores` is null where the gradient of the mask is not asked for.
struct AttentionWeightsGradArgs {
  AttentionSizes sizes;
  float scale;
  const float *q, *k, *weights, *d_weights;
  float *dq, *dk, *d_scores;
};

struct AttentionSumArgs {
  AttentionSizes sizes;
  const float *weights, *v;
  float* y;
};

struct AttentionSumGradArgs {
  AttentionSizes sizes;
  const float *weights, *v, *dy;
  float *d_weights, *dv;
};

}  // namespace neuroloom

#endif  // NEUROLOOM_KERNELS_PRODUCT_ARGS_H_
