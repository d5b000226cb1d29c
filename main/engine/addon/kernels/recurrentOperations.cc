// The recurrent kernels as TensorFlow operations. Where a sequence has no mask, its first state stands in
// the mask's place, unread.
#include <algorithm>

#include "defineOperation.h"
#include "instructionSet.h"
#include "operations.h"

namespace neuroloom {
namespace {

struct RecurrentAttributes {
  explicit RecurrentAttributes(TF_OpKernelConstruction* construction)
      : reverse(BoolAttribute(construction, "reverse")),
        masked(BoolAttribute(construction, "masked")),
        relu(BoolAttribute(construction, "relu")) {}
  bool reverse, masked, relu;
};

// A sequence `[T, B, gates·U]` that the sizes are read off.
struct Sequence {
  Sequence(const KernelContext::Input& input, int64_t gates)
      : sizes{input.shape[0], input.shape[1], input.shape[2] / gates} {
    if (sizes.units * gates != input.shape[2]) throw Failure("the sequence's width is no multiple of the gates");
  }
  Sizes sizes;
  std::vector<int64_t> Rows(int64_t gates = 1) const { return {sizes.steps, sizes.batch, gates * sizes.units}; }
  std::vector<int64_t> State() const { return {sizes.batch, sizes.units}; }
  std::vector<int64_t> Kernel(int64_t gates) const { return {sizes.units, gates * sizes.units}; }
};

const float* Mask(KernelContext& context, const RecurrentAttributes& attributes, const Sequence& sequence, int index) {
  if (!attributes.masked) return nullptr;
  return context.Read(index, std::vector<int64_t>{sequence.sizes.steps, sequence.sizes.batch});
}

Order OrderOf(const RecurrentAttributes& attributes, const Sequence& sequence) {
  return {sequence.sizes.steps, attributes.reverse};
}

float* Copied(KernelContext& context, int output, const std::vector<int64_t>& shape, const float* from) {
  float* to = context.Allocate(output, shape);
  std::copy(from, from + shape[0] * shape[1], to);
  return to;
}

void Lstm(const RecurrentAttributes& attributes, KernelContext& context) {
  const auto input = context.Read(0, size_t{3});
  const Sequence s(input, 4);
  const LstmForwardArgs args{
      input.data,
      context.Read(1, s.Kernel(4)),
      context.Read(2, s.State()),
      context.Read(3, s.State()),
      Mask(context, attributes, s, 4),
      context.Allocate(0, s.Rows()),
      context.Allocate(1, s.Rows()),
      context.Allocate(2, s.Rows(4)),
  };
  BestKernels().lstm_forward(s.sizes, OrderOf(attributes, s), args);
}

void LstmGrad(const RecurrentAttributes& attributes, KernelContext& context) {
  const auto gates = context.Read(0, size_t{3});
  const Sequence s(gates, 4);
  const LstmBackwardArgs args{
      context.Read(1, s.Kernel(4)),
      context.Read(2, s.State()),
      Mask(context, attributes, s, 3),
      context.Read(4, s.Rows()),
      gates.data,
      context.Read(5, s.Rows()),
      context.Allocate(0, s.Rows(4)),
      Copied(context, 1, s.State(), context.Read(6, s.State())),
      Copied(context, 2, s.State(), context.Read(7, s.State())),
  };
  BestKernels().lstm_backward(s.sizes, OrderOf(attributes, s), args);
}

void Gru(const RecurrentAttributes& attributes, KernelContext& context) {
  const auto input = context.Read(0, size_t{3});
  const Sequence s(input, 3);
  const GruForwardArgs args{
      input.data,
      context.Read(1, s.Kernel(3)),
      context.Read(2, std::vector<int64_t>{3 * s.sizes.units}),
      context.Read(3, s.State()),
      Mask(context, attributes, s, 4),
      context.Allocate(0, s.Rows()),
      context.Allocate(1, s.Rows(3)),
      context.Allocate(2, s.Rows()),
  };
  BestKernels().gru_forward(s.sizes, OrderOf(attributes, s), args);
}

void GruGrad(const RecurrentAttributes& attributes, KernelContext& context) {
  const auto gates = context.Read(0, size_t{3});
  const Sequence s(gates, 3);
  const GruBackwardArgs args{
      context.Read(1, s.Kernel(3)),
      context.Read(2, s.State()),
      Mask(context, attributes, s, 3),
      context.Read(4, s.Rows()),
      gates.data,
      context.Read(5, s.Rows()),
      context.Read(6, s.Rows()),
      context.Allocate(0, s.Rows(3)),
      context.Allocate(1, s.Rows(3)),
      Copied(context, 2, s.State(), context.Read(7, s.State())),
  };
  BestKernels().gru_backward(s.sizes, OrderOf(attributes, s), args);
}

void Rnn(const RecurrentAttributes& attributes, KernelContext& context) {
  const auto input = context.Read(0, size_t{3});
  const Sequence s(input, 1);
  const RnnForwardArgs args{
      input.data,
      context.Read(1, s.Kernel(1)),
      context.Read(2, s.State()),
      Mask(context, attributes, s, 3),
      attributes.relu,
      context.Allocate(0, s.Rows()),
      context.Allocate(1, s.Rows()),
  };
  BestKernels().rnn_forward(s.sizes, OrderOf(attributes, s), args);
}

void RnnGrad(const RecurrentAttributes& attributes, KernelContext& context) {
  const auto outputs = context.Read(0, size_t{3});
  const Sequence s(outputs, 1);
  const RnnBackwardArgs args{
      context.Read(1, s.Kernel(1)),
      Mask(context, attributes, s, 2),
      outputs.data,
      context.Read(3, s.Rows()),
      attributes.relu,
      context.Allocate(0, s.Rows()),
      Copied(context, 1, s.State(), context.Read(4, s.State())),
  };
  BestKernels().rnn_backward(s.sizes, OrderOf(attributes, s), args);
}

// `[T, B]` of the sequence and `[U]` of the recurrent kernel.
Shapes::Shape States(Shapes& shapes) {
  return shapes.Join(shapes.Dimensions(0, 0, 2), shapes.Dimensions(1, 0, 1));
}

}  // namespace

void DefineRecurrentOperations() {
  const auto attributes = {"reverse: bool", "masked: bool", "relu: bool = false"};
  DefineOperation<RecurrentAttributes, Lstm>({
      "NeuroloomLstm",
      attributes,
      {"input: float", "recurrent: float", "h: float", "c: float", "mask: float"},
      {"hidden: float", "cells: float", "gates: float"},
      [](TF_ShapeInferenceContext* context, TF_Status* status) {
        Shapes shapes(context, status);
        shapes.Output(0, States(shapes));
        shapes.Output(1, States(shapes));
        shapes.Output(2, shapes.Input(0));
      },
  });
  DefineOperation<RecurrentAttributes, LstmGrad>({
      "NeuroloomLstmGrad",
      attributes,
      {"gates: float", "recurrent: float", "c: float", "mask: float", "cells: float", "d_hidden: float",
       "d_h: float", "d_c: float"},
      {"d_input: float", "d_first_h: float", "d_first_c: float"},
      SameAs<0, 2, 2>,
  });
  DefineOperation<RecurrentAttributes, Gru>({
      "NeuroloomGru",
      attributes,
      {"input: float", "recurrent: float", "bias: float", "h: float", "mask: float"},
      {"hidden: float", "gates: float", "states: float"},
      [](TF_ShapeInferenceContext* context, TF_Status* status) {
        Shapes shapes(context, status);
        shapes.Output(0, States(shapes));
        shapes.Output(1, shapes.Input(0));
        shapes.Output(2, States(shapes));
      },
  });
  DefineOperation<RecurrentAttributes, GruGrad>({
      "NeuroloomGruGrad",
      attributes,
      {"gates: float", "recurrent: float", "h: float", "mask: float", "hidden: float", "states: float",
       "d_hidden: float", "d_h: float"},
      {"d_input: float", "d_recurrent: float", "d_first_h: float"},
      SameAs<0, 0, 2>,
  });
  DefineOperation<RecurrentAttributes, Rnn>({
      "NeuroloomRnn",
      attributes,
      {"input: float", "recurrent: float", "h: float", "mask: float"},
      {"hidden: float", "outputs: float"},
      SameAs<0, 0>,
  });
  DefineOperation<RecurrentAttributes, RnnGrad>({
      "NeuroloomRnnGrad",
      attributes,
      {"outputs: float", "recurrent: float", "mask: float", "d_hidden: float", "d_h: float"},
      {"d_input: float", "d_first_h: float"},
      SameAs<0, 4>,
  });
}

}  // namespace neuroloom
