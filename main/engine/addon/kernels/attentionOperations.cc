// Attention as TensorFlow operations: the weights, and the sum that they weigh, each with its gradient.
#include "defineOperation.h"
#include "instructionSet.h"
#include "operations.h"

namespace neuroloom {
namespace {

using Input = KernelContext::Input;

struct SumAttributes {
  explicit SumAttributes(TF_OpKernelConstruction* construction) : causal(BoolAttribute(construction, "causal")) {}
  bool causal;
};

struct WeightsAttributes : SumAttributes {
  explicit WeightsAttributes(TF_OpKernelConstruction* construction)
      : SumAttributes(construction), scale(FloatAttribute(construction, "scale")) {}
  float scale;
};

// Sizes by queries (or what has their shape) and keys (or values).
AttentionSizes SizesOf(const Input& queries, const Input& keys, bool causal) {
  const auto& q = queries.shape;
  const auto& k = keys.shape;
  if (k[0] != q[0] || k[2] != q[2] || k[3] != q[3]) throw Failure("queries and keys do not fit each other");
  return {q[0], q[2], q[1], k[1], q[3], causal};
}

std::vector<int64_t> SquareOf(const AttentionSizes& s) { return {s.batch, s.heads, s.queries, s.keys}; }

AttentionMask MaskOf(const Input& mask, const AttentionSizes& s) {
  const std::vector<int64_t> whole = SquareOf(s);
  int64_t strides[4], stride = 1;
  for (int axis = 3; axis >= 0; axis--) {
    if (mask.shape[axis] != 1 && mask.shape[axis] != whole[axis]) throw Failure("the mask does not fit the scores");
    strides[axis] = mask.shape[axis] == 1 ? 0 : stride;
    stride *= mask.shape[axis];
  }
  return {mask.data, strides[0], strides[1], strides[2], strides[3]};
}

void Weights(const WeightsAttributes& attributes, KernelContext& context) {
  const auto q = context.Read(0, size_t{4}), k = context.Read(1, size_t{4}), mask = context.Read(2, size_t{4});
  const AttentionSizes sizes = SizesOf(q, k, attributes.causal);
  BestKernels().attention_weights({sizes, attributes.scale, MaskOf(mask, sizes), q.data, k.data,
                                   context.Allocate(0, SquareOf(sizes))});
}

template <bool of_mask>
void WeightsGrad(const WeightsAttributes& attributes, KernelContext& context) {
  const auto q = context.Read(0, size_t{4}), k = context.Read(1, size_t{4});
  const AttentionSizes sizes = SizesOf(q, k, attributes.causal);
  const auto square = SquareOf(sizes);
  const float* weights = context.Read(2, square);
  const float* d_weights = context.Read(3, square);
  float* dq = context.Allocate(0, q.shape);
  float* dk = context.Allocate(1, k.shape);
  float* d_scores = of_mask ? context.Allocate(2, square) : nullptr;
  BestKernels().attention_weights_grad(
      {sizes, attributes.scale, q.data, k.data, weights, d_weights, dq, dk, d_scores});
}

void Sum(const SumAttributes& attributes, KernelContext& context) {
  const auto weights = context.Read(0, size_t{4}), v = context.Read(1, size_t{4});
  const auto& w = weights.shape;
  const std::vector<int64_t> result{w[0], w[2], w[1], v.shape[3]};
  const AttentionSizes sizes = SizesOf({nullptr, result}, v, attributes.causal);
  if (sizes.keys != w[3]) throw Failure("weights and values do not fit each other");
  BestKernels().attention_sum({sizes, weights.data, v.data, context.Allocate(0, result)});
}

void SumGrad(const SumAttributes& attributes, KernelContext& context) {
  const auto v = context.Read(1, size_t{4}), dy = context.Read(2, size_t{4});
  const AttentionSizes sizes = SizesOf(dy, v, attributes.causal);
  const auto square = SquareOf(sizes);
  const float* weights = context.Read(0, square);
  BestKernels().attention_sum_grad(
      {sizes, weights, v.data, dy.data, context.Allocate(0, square), context.Allocate(1, v.shape)});
}

}  // namespace

void DefineAttentionOperations() {
  const char* causal = "causal: bool";
  const char* scale = "scale: float";
  DefineOperation<WeightsAttributes, Weights>({
      "NeuroloomAttentionWeights",
      {causal, scale},
      {"q: float", "k: float", "mask: float"},
      {"weights: float"},
      [](TF_ShapeInferenceContext* context, TF_Status* status) {
        Shapes shapes(context, status);
        const auto heads = shapes.Join(shapes.Dimensions(0, 0, 1), shapes.Dimensions(0, 2, 3));
        const auto places = shapes.Join(shapes.Dimensions(0, 1, 2), shapes.Dimensions(1, 1, 2));
        shapes.Output(0, shapes.Join(heads, places));
      },
  });
  const auto given = {"q: float", "k: float", "weights: float", "d_weights: float"};
  DefineOperation<WeightsAttributes, WeightsGrad<false>>(
      {"NeuroloomAttentionWeightsGrad", {causal, scale}, given, {"dq: float", "dk: float"}, SameAs<0, 1>});
  DefineOperation<WeightsAttributes, WeightsGrad<true>>({"NeuroloomMaskedAttentionWeightsGrad",
                                                         {causal, scale},
                                                         given,
                                                         {"dq: float", "dk: float", "d_scores: float"},
                                                         SameAs<0, 1, 2>});
  DefineOperation<SumAttributes, Sum>({
      "NeuroloomAttentionSum",
      {causal},
      {"weights: float", "v: float"},
      {"y: float"},
      [](TF_ShapeInferenceContext* context, TF_Status* status) {
        Shapes shapes(context, status);
        const auto places = shapes.Join(shapes.Dimensions(0, 0, 1), shapes.Dimensions(0, 2, 3));
        shapes.Output(0, shapes.Join(places, shapes.Dimensions(1, 2, 4)));
      },
  });
  DefineOperation<SumAttributes, SumGrad>({"NeuroloomAttentionSumGrad",
                                           {causal},
                                           {"weights: float", "v: float", "dy: float"},
                                           {"d_weights: float", "dv: float"},
                                           SameAs<0, 1>});
}

}  // namespace neuroloom
