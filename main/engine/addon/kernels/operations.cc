#include "operations.h"

#include <mutex>

namespace neuroloom {

void DefineOperations() {
  static std::once_flag defined;
  std::call_once(defined, [] {
    DefineRecurrentOperations();
    DefineElementwiseOperations();
    DefineProductOperations();
    DefineAttentionOperations();
    DefineConvolutionOperations();
    DefineOptimizerOperations();
  });
}

}  // namespace neuroloom
