// The kernels over numbers, rows and columns as TensorFlow operations.
#include "defineOperation.h"
#include "instructionSet.h"
#include "operations.h"

namespace neuroloom {
namespace {

using Forward = void (*Kernels::*)(int64_t, const float*, float*);
using Backward = void (*Kernels::*)(int64_t, const float*, const float*, float*);

template <Forward function>
void Activation(const NoAttributes&, KernelContext& context) {
  const auto x = context.Read(0);
  (BestKernels().*function)(x.Numbers(), x.data, context.Allocate(0, x.shape));
}

template <Backward function>
void ActivationGrad(const NoAttributes&, KernelContext& context) {
  const auto x = context.Read(0);
  const float* dy = context.Read(1, x.shape);
  (BestKernels().*function)(x.Numbers(), x.data, dy, context.Allocate(0, x.shape));
}

struct NormAttributes {
  explicit NormAttributes(TF_OpKernelConstruction* construction)
      : centred(BoolAttribute(construction, "centred")), epsilon(FloatAttribute(construction, "epsilon")) {}
  bool centred;
  float epsilon;
};

void Norm(const NormAttributes& attributes, KernelContext& context) {
  const auto x = context.Read(0, size_t{2});
  const std::vector<int64_t> rows{x.shape[0]}, width{x.shape[1]};
  BestKernels().norm_forward({
      x.shape[0],
      x.shape[1],
      attributes.centred,
      attributes.epsilon,
      x.data,
      context.Read(1, width),
      context.Read(2, width),
      context.Allocate(0, x.shape),
      context.Allocate(1, rows),
      context.Allocate(2, rows),
  });
}

void NormGrad(const NormAttributes& attributes, KernelContext& context) {
  const auto x = context.Read(0, size_t{2});
  const std::vector<int64_t> rows{x.shape[0]}, width{x.shape[1]};
  BestKernels().norm_backward({
      x.shape[0],
      x.shape[1],
      attributes.centred,
      x.data,
      context.Read(1, width),
      context.Read(2, rows),
      context.Read(3, rows),
      context.Read(4, x.shape),
      context.Allocate(0, x.shape),
      context.Allocate(1, width),
      context.Allocate(2, width),
  });
}

struct BatchNormAttributes {
  explicit BatchNormAttributes(TF_OpKernelConstruction* construction)
      : epsilon(FloatAttribute(construction, "epsilon")) {}
  float epsilon;
};

void BatchNorm(const BatchNormAttributes& attributes, KernelContext& context) {
  const auto x = context.Read(0, size_t{2});
  const std::vector<int64_t> width{x.shape[1]};
  BestKernels().batch_norm_forward({
      x.shape[0],
      x.shape[1],
      attributes.epsilon,
      x.data,
      context.Read(1, width),
      context.Read(2, width),
      context.Allocate(0, x.shape),
      context.Allocate(1, width),
      context.Allocate(2, width),
  });
}

void BatchNormGrad(const BatchNormAttributes& attributes, KernelContext& context) {
  const auto x = context.Read(0, size_t{2});
  const std::vector<int64_t> width{x.shape[1]};
  BestKernels().batch_norm_backward({
      x.shape[0],
      x.shape[1],
      attributes.epsilon,
      x.data,
      context.Read(1, width),
      context.Read(2, width),
      context.Read(3, width),
      context.Read(4, x.shape),
      context.Allocate(0, x.shape),
      context.Allocate(1, width),
      context.Allocate(2, width),
  });
}

void Columns(const NoAttributes&, KernelContext& context) {
  const auto x = context.Read(0, size_t{2});
  BestKernels().column_sums(x.shape[0], x.shape[1], x.data, context.Allocate(0, {x.shape[1]}));
}

struct DropoutAttributes {
  explicit DropoutAttributes(TF_OpKernelConstruction* construction)
      : rate(FloatAttribute(construction, "rate")) {}
  float rate;
};

void DropOut(const DropoutAttributes& attributes, KernelContext& context) {
  const auto x = context.Read(0);
  const auto seed = context.Read<int32_t>(1);
  if (seed.Numbers() != 2) throw Failure("a seed is two numbers");
  BestKernels().dropout({x.Numbers(), attributes.rate, static_cast<uint32_t>(seed.data[0]),
                         static_cast<uint32_t>(seed.data[1]), x.data, context.Allocate(0, x.shape)});
}

void SparseCrossEntropy(const NoAttributes&, KernelContext& context) {
  const auto logits = context.Read(0, size_t{2});
  const auto labels = context.Read<int32_t>(1);
  const int64_t rows = logits.shape[0], width = logits.shape[1];
  if (labels.Numbers() != rows) throw Failure("there must be one label for each row of logits");
  for (int64_t row = 0; row < rows; row++) {
    if (labels.data[row] < 0 || labels.data[row] >= width) {
      throw Failure("label " + std::to_string(labels.data[row]) + " of row " + std::to_string(row) +
                    " is none of the " + std::to_string(width) + " classes");
    }
  }
  BestKernels().cross_entropy({rows, width, logits.data, labels.data, context.Allocate(0, {rows}),
                               context.Allocate(1, logits.shape)});
}

struct BinaryAttributes {
  explicit BinaryAttributes(TF_OpKernelConstruction* construction)
      : positive(FloatAttribute(construction, "positive")) {}
  float positive;
};

void BinaryCrossEntropy(const BinaryAttributes& attributes, KernelContext& context) {
  const auto logits = context.Read(0);
  const float* targets = context.Read(1, logits.shape);
  BestKernels().binary_cross_entropy({logits.Numbers(), attributes.positive, logits.data, targets,
                                      context.Allocate(0, logits.shape), context.Allocate(1, logits.shape)});
}

}  // namespace

void DefineElementwiseOperations() {
  DefineOperation<NoAttributes, Activation<&Kernels::gelu_forward>>(
      {"NeuroloomGelu", {}, {"x: float"}, {"y: float"}, SameAs<0>});
  DefineOperation<NoAttributes, ActivationGrad<&Kernels::gelu_backward>>(
      {"NeuroloomGeluGrad", {}, {"x: float", "dy: float"}, {"dx: float"}, SameAs<0>});
  DefineOperation<NoAttributes, Activation<&Kernels::silu_forward>>(
      {"NeuroloomSilu", {}, {"x: float"}, {"y: float"}, SameAs<0>});
  DefineOperation<NoAttributes, ActivationGrad<&Kernels::silu_backward>>(
      {"NeuroloomSiluGrad", {}, {"x: float", "dy: float"}, {"dx: float"}, SameAs<0>});
  DefineOperation<NoAttributes, Activation<&Kernels::softplus_forward>>(
      {"NeuroloomSoftplus", {}, {"x: float"}, {"y: float"}, SameAs<0>});
  DefineOperation<NoAttributes, ActivationGrad<&Kernels::softplus_backward>>(
      {"NeuroloomSoftplusGrad", {}, {"x: float", "dy: float"}, {"dx: float"}, SameAs<0>});
  DefineOperation<NormAttributes, Norm>({
      "NeuroloomNorm",
      {"centred: bool", "epsilon: float"},
      {"x: float", "scale: float", "offset: float"},
      {"y: float", "mean: float", "inverse: float"},
      [](TF_ShapeInferenceContext* context, TF_Status* status) {
        Shapes shapes(context, status);
        shapes.Output(0, shapes.Input(0));
        shapes.Output(1, shapes.Dimensions(0, 0, 1));
        shapes.Output(2, shapes.Dimensions(0, 0, 1));
      },
  });
  DefineOperation<NormAttributes, NormGrad>({
      "NeuroloomNormGrad",
      {"centred: bool", "epsilon: float"},
      {"x: float", "scale: float", "mean: float", "inverse: float", "dy: float"},
      {"dx: float", "d_scale: float", "d_offset: float"},
      SameAs<0, 1, 1>,
  });
  DefineOperation<BatchNormAttributes, BatchNorm>({"NeuroloomBatchNorm",
                                                   {"epsilon: float"},
                                                   {"x: float", "scale: float", "offset: float"},
                                                   {"y: float", "mean: float", "variance: float"},
                                                   SameAs<0, 1, 1>});
  DefineOperation<BatchNormAttributes, BatchNormGrad>(
      {"NeuroloomBatchNormGrad",
       {"epsilon: float"},
       {"x: float", "scale: float", "mean: float", "variance: float", "dy: float"},
       {"dx: float", "d_scale: float", "d_offset: float"},
       SameAs<0, 1, 1>});
  DefineOperation<NoAttributes, Columns>({
      "NeuroloomColumnSums",
      {},
      {"x: float"},
      {"sums: float"},
      [](TF_ShapeInferenceContext* context, TF_Status* status) {
        Shapes shapes(context, status);
        shapes.Output(0, shapes.Dimensions(0, 1, 2));
      },
  });
  DefineOperation<DropoutAttributes, DropOut>(
      {"NeuroloomDropout", {"rate: float"}, {"x: float", "seed: int32"}, {"y: float"}, SameAs<0>});
  DefineOperation<BinaryAttributes, BinaryCrossEntropy>({"NeuroloomBinaryCrossEntropy",
                                                         {"positive: float"},
                                                         {"logits: float", "targets: float"},
                                                         {"loss: float", "gradient: float"},
                                                         SameAs<0, 0>});
  DefineOperation<NoAttributes, SparseCrossEntropy>({
      "NeuroloomSparseCrossEntropy",
      {},
      {"logits: float", "labels: int32"},
      {"loss: float", "gradient: float"},
      [](TF_ShapeInferenceContext* context, TF_Status* status) {
        Shapes shapes(context, status);
        shapes.Output(0, shapes.Dimensions(0, 0, 1));
        shapes.Output(1, shapes.Input(0));
      },
  });
}

}  // namespace neuroloom
