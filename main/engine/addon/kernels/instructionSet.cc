#include "instructionSet.h"

#include <cstdlib>
#include <cstring>

namespace neuroloom {

const Kernels& BestKernels() {
  static const Kernels& best = []() -> const Kernels& {
#if defined(__x86_64__)
    const char* asked = std::getenv("NEUROLOOM_INSTRUCTIONS");
    const auto may = [asked](const Kernels& kernels) {
      return asked == nullptr || std::strcmp(asked, kernels.name) == 0;
    };
    __builtin_cpu_init();
    const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    if (avx2 && may(kAvx512Kernels) && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw")) {
      return kAvx512Kernels;
    }
    if (avx2 && may(kAvx2Kernels)) return kAvx2Kernels;
#endif
    return kBaselineKernels;
  }();
  return best;
}

}  // namespace neuroloom
