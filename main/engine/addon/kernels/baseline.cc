// The kernels for baseline instructions.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <utility>

#include "instructionSet.h"
#include "parallel.h"
#include "scratch.h"

namespace neuroloom {
namespace {
namespace baseline {
constexpr int kWidth = 4;
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
}  // namespace baseline
}  // namespace

extern const Kernels kBaselineKernels;
const Kernels kBaselineKernels = {
    "baseline",
    baseline::LstmForward,
    baseline::LstmBackward,
    baseline::GruForward,
    baseline::GruBackward,
    baseline::RnnForward,
    baseline::RnnBackward,
    baseline::GeluForward,
    baseline::GeluBackward,
    baseline::SiluForward,
    baseline::SiluBackward,
    baseline::SoftplusForward,
    baseline::SoftplusBackward,
    baseline::NormForward,
    baseline::NormBackward,
    baseline::BatchNormForward,
    baseline::BatchNormBackward,
    baseline::ColumnSums,
    baseline::CrossEntropy,
    baseline::BinaryCrossEntropy,
    baseline::Dropout,
    baseline::Product,
    baseline::AttentionWeights,
    baseline::AttentionWeightsGrad,
    baseline::AttentionSum,
    baseline::AttentionSumGrad,
    baseline::FilterGrad,
    baseline::ImageGrad,
    baseline::Adam,
};
}  // namespace neuroloom
