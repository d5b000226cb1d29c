// The kernels for avx2 instructions.
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
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,fma")
#endif

namespace neuroloom {
namespace {
namespace avx2 {
constexpr int kWidth = 8;
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
}  // namespace avx2
}  // namespace

extern const Kernels kAvx2Kernels;
const Kernels kAvx2Kernels = {
    "avx2",
    avx2::LstmForward,
    avx2::LstmBackward,
    avx2::GruForward,
    avx2::GruBackward,
    avx2::RnnForward,
    avx2::RnnBackward,
    avx2::GeluForward,
    avx2::GeluBackward,
    avx2::SiluForward,
    avx2::SiluBackward,
    avx2::SoftplusForward,
    avx2::SoftplusBackward,
    avx2::NormForward,
    avx2::NormBackward,
    avx2::BatchNormForward,
    avx2::BatchNormBackward,
    avx2::ColumnSums,
    avx2::CrossEntropy,
    avx2::BinaryCrossEntropy,
    avx2::Dropout,
    avx2::Product,
    avx2::AttentionWeights,
    avx2::AttentionWeightsGrad,
    avx2::AttentionSum,
    avx2::AttentionSumGrad,
    avx2::FilterGrad,
    avx2::ImageGrad,
    avx2::Adam,
};
}  // namespace neuroloom

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#endif
