// The kernels compiled for one instruction set, and the choice of the best that this processor has.
#ifndef NEUROLOOM_KERNELS_INSTRUCTION_SET_H_
#define NEUROLOOM_KERNELS_INSTRUCTION_SET_H_

#include "convolutionArgs.h"
#include "elementwiseArgs.h"
#include "optimizerArgs.h"
#include "productArgs.h"
#include "recurrentArgs.h"

namespace neuroloom {

struct Kernels {
  const char* name;
  void (*lstm_forward)(const Sizes&, const Order&, const LstmForwardArgs&);
  void (*lstm_backward)(const Sizes&, const Order&, const LstmBackwardArgs&);
  void (*gru_forward)(const Sizes&, const Order&, const GruForwardArgs&);
  void (*gru_backward)(const Sizes&, const Order&, const GruBackwardArgs&);
  void (*rnn_forward)(const Sizes&, const Order&, const RnnForwardArgs&);
  void (*rnn_backward)(const Sizes&, const Order&, const RnnBackwardArgs&);
  void (*gelu_forward)(int64_t count, const float* x, float* y);
  void (*gelu_backward)(int64_t count, const float* x, const float* dy, float* dx);
  void (*silu_forward)(int64_t count, const float* x, float* y);
  void (*silu_backward)(int64_t count, const float* x, const float* dy, float* dx);
  void (*softplus_forward)(int64_t count, const float* x, float* y);
  void (*softplus_backward)(int64_t count, const float* x, const float* dy, float* dx);
  void (*norm_forward)(const NormForwardArgs&);
  void (*norm_backward)(const NormBackwardArgs&);
  void (*batch_norm_forward)(const BatchNormForwardArgs&);
  void (*batch_norm_backward)(const BatchNormBackwardArgs&);
  void (*column_sums)(int64_t rows, int64_t width, const float* x, float* sums);
  void (*cross_entropy)(const CrossEntropyArgs&);
  void (*binary_cross_entropy)(const BinaryCrossEntropyArgs&);
  void (*dropout)(const DropoutArgs&);
  void (*product)(const ProductArgs&);
  void (*attention_weights)(const AttentionWeightsArgs&);
  void (*attention_weights_grad)(const AttentionWeightsGradArgs&);
  void (*attention_sum)(const AttentionSumArgs&);
  void (*attention_sum_grad)(const AttentionSumGradArgs&);
  void (*filter_grad)(const FilterGradArgs&);
  void (*image_grad)(const ImageGradArgs&);
  void (*adam)(const AdamArgs&);
};

// NEUROLOOM_INSTRUCTIONS=baseline|avx2|avx512 asks for a lesser one, for tests.
const Kernels& BestKernels();

extern const Kernels kBaselineKernels;
#if defined(__x86_64__)
extern const Kernels kAvx2Kernels;
extern const Kernels kAvx512Kernels;
#endif

}  // namespace neuroloom

#endif  // NEUROLOOM_KERNELS_INSTRUCTION_SET_H_
