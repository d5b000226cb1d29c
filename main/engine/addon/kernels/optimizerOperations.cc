// The kernels of optimisers as TensorFlow operations. They make new values, which the graph assigns: the C API has
// nothing that changes a variable in place.
#include "defineOperation.h"
#include "instructionSet.h"
#include "operations.h"

namespace neuroloom {
namespace {

struct AdamAttributes {
  explicit AdamAttributes(TF_OpKernelConstruction* construction)
      : rest1(FloatAttribute(construction, "rest1")),
        rest2(FloatAttribute(construction, "rest2")),
        pull(FloatAttribute(construction, "pull")) {}
  float rest1, rest2, pull;
};

void UpdateByAdam(const AdamAttributes& attributes, KernelContext& context) {
  const auto weight = context.Read(0);
  const float* mean = context.Read(1, weight.shape);
  const float* square = context.Read(2, weight.shape);
  const float* gradient = context.Read(3, weight.shape);
  const float rate = *context.Read(4, size_t{0}).data;
  const float epsilon = *context.Read(5, size_t{0}).data;
  const float decay = *context.Read(6, size_t{0}).data;
  BestKernels().adam({
      weight.Numbers(),
      attributes.rest1,
      attributes.rest2,
      attributes.pull,
      decay,
      rate,
      epsilon,
      weight.data,
      mean,
      square,
      gradient,
      context.Allocate(0, weight.shape),
      context.Allocate(1, weight.shape),
      context.Allocate(2, weight.shape),
  });
}

}  // namespace

void DefineOptimizerOperations() {
  DefineOperation<AdamAttributes, UpdateByAdam>({
      "NeuroloomAdam",
      {"rest1: float", "rest2: float", "pull: float"},
      {"weight: float", "mean: float", "square: float", "gradient: float", "rate: float", "epsilon: float",
       "decay: float"},
      {"next_weight: float", "next_mean: float", "next_square: float"},
      SameAs<0, 1, 2>,
  });
}

}  // namespace neuroloom
