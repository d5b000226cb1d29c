// The kernels for avx512 instructions.
#if defined(__x86_64__)
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <utility>

#include "instructionSet.h"
#include "parallel.h"
#include "scratch.h"

// After the standard headers: what they define must run on every processor.
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,avx2,fma"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx512f,avx512vl,avx512dq,avx512bw,avx2,fma")
#endif

namespace neuroloom {
namespace {
namespace avx512 {
constexpr int kWidth = 16;
#include "vector.h"
#include "product.h"
#include "recurrent.h"
#include "elementwise.h"
#include "batchNorm.h"
#include "chance.h"
#include "matrixProduct.h"
#include "attention.h"
#include "convolution.h"
#include "optimizer.h"
}  // namespace avx512
}  // namespace

extern const Kernels kAvx512Kernels;
const Kernels kAvx512Kernels = {
    "avx512",
    avx512::LstmForward,
    avx512::LstmBackward,
    avx512::GruForward,
    avx512::GruBackward,
    avx512::RnnForward,
    avx512::RnnBackward,
    avx512::GeluForward,
    avx512::GeluBackward,
    avx512::SiluForward,
    avx512::SiluBackward,
    avx512::SoftplusForward,
    avx512::SoftplusBackward,
    avx512::NormForward,
    avx512::NormBackward,
    avx512::BatchNormForward,
    avx512::BatchNormBackward,
    avx512::ColumnSums,
    avx512::CrossEntropy,
    avx512::BinaryCrossEntropy,
    avx512::Dropout,
    avx512::Product,
    avx512::AttentionWeights,
    avx512::AttentionWeightsGrad,
    avx512::AttentionSum,
    avx512::AttentionSumGrad,
    avx512::FilterGrad,
    avx512::ImageGrad,
    avx512::Adam,
};
}  // namespace neuroloom

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#endif
