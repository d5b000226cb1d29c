// The product of matrices, with a bias where there is one, as a TensorFlow operation.
#include "defineOperation.h"
#include "instructionSet.h"
#include "operations.h"

namespace neuroloom {
namespace {

struct ProductAttributes {
  explicit ProductAttributes(TF_OpKernelConstruction* construction)
      : transpose_a(BoolAttribute(construction, "transpose_a")),
        transpose_b(BoolAttribute(construction, "transpose_b")) {}
  bool transpose_a, transpose_b;
};

template <bool has_bias>
void ProductOf(const ProductAttributes& attributes, KernelContext& context) {
  const auto a = context.Read(0, size_t{2});
  const auto b = context.Read(1, size_t{2});
  const auto [transpose_a, transpose_b] = attributes;
  const int64_t rows = a.shape[transpose_a ? 1 : 0], depth = a.shape[transpose_a ? 0 : 1];
  const int64_t columns = b.shape[transpose_b ? 0 : 1];
  if (b.shape[transpose_b ? 1 : 0] != depth) throw Failure("the matrices do not fit each other");
  const float* bias = has_bias ? context.Read(2, std::vector<int64_t>{columns}) : nullptr;
  const Matrix left{a.data, transpose_a ? 1 : depth, transpose_a ? rows : 1};
  const Matrix right{b.data, transpose_b ? 1 : columns, transpose_b ? depth : 1};
  BestKernels().product({rows, columns, depth, left, right, bias, context.Allocate(0, {rows, columns}), columns});
}

// TensorFlow's interface for shape functions gives no attributes of truth: there is an operation for each layout.
template <int a, int b>
void ProductShape(TF_ShapeInferenceContext* context, TF_Status* status) {
  Shapes shapes(context, status);
  shapes.Output(0, shapes.Join(shapes.Dimensions(0, a, a + 1), shapes.Dimensions(1, b, b + 1)));
}

}  // namespace

void DefineProductOperations() {
  const auto inputs = {"a: float", "b: float"};
  const auto outputs = {"c: float"};
  DefineOperation<ProductAttributes, ProductOf<false>>(
      {"NeuroloomProduct", {"transpose_a: bool = false", "transpose_b: bool = false"}, inputs, outputs, ProductShape<0, 1>});
  DefineOperation<ProductAttributes, ProductOf<false>>(
      {"NeuroloomProductOfTransposed", {"transpose_a: bool = true", "transpose_b: bool = false"}, inputs, outputs,
       ProductShape<1, 1>});
  DefineOperation<ProductAttributes, ProductOf<false>>(
      {"NeuroloomProductWithTransposed", {"transpose_a: bool = false", "transpose_b: bool = true"}, inputs, outputs,
       ProductShape<0, 0>});
  DefineOperation<ProductAttributes, ProductOf<true>>({"NeuroloomAffine",
                                                       {"transpose_a: bool = false", "transpose_b: bool = false"},
                                                       {"a: float", "b: float", "bias: float"},
                                                       outputs,
                                                       ProductShape<0, 1>});
}

}  // namespace neuroloom
