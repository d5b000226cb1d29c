// The kernels for baseline instructions.
#include <algorithm>
#include <cstdint>

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
}  // namespace baseline
}  // namespace

extern const Kernels kBaselineKernels;
const Kernels kBaselineKernels = {
    "baseline",          baseline::LstmForward, baseline::LstmBackward, baseline::GruForward,
    baseline::GruBackward, baseline::RnnForward,  baseline::RnnBackward,
};
}  // namespace neuroloom
