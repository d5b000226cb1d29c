// Declares an operation and its kernel on processors to TensorFlow.
#ifndef NEUROLOOM_KERNELS_DEFINE_OPERATION_H_
#define NEUROLOOM_KERNELS_DEFINE_OPERATION_H_

#include <initializer_list>
#include <memory>

#include "../napi_support.h"
#include "kernelContext.h"
#include "tensorflow/c/ops.h"

namespace neuroloom {

using ShapeFunction = void (*)(TF_ShapeInferenceContext*, TF_Status*);

struct OperationDef {
  const char* name;
  std::initializer_list<const char*> attributes, inputs, outputs;
  ShapeFunction shapes;
};

// Once per process: TensorFlow's registries are the process's, and so is the addon.
template <typename Attributes, void (*Compute)(const Attributes&, KernelContext&)>
void DefineOperation(const OperationDef& def) {
  using Kernel = KernelOf<Attributes, Compute>;
  TF_OpDefinitionBuilder* op = TF_NewOpDefinitionBuilder(def.name);
  for (const char* attribute : def.attributes) TF_OpDefinitionBuilderAddAttr(op, attribute);
  for (const char* input : def.inputs) TF_OpDefinitionBuilderAddInput(op, input);
  for (const char* output : def.outputs) TF_OpDefinitionBuilderAddOutput(op, output);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(op, def.shapes);
  const Status status = NewStatus();
  TF_RegisterOpDefinition(op, status.get());
  Check(status);
  TF_KernelBuilder* kernel = TF_NewKernelBuilder(def.name, "CPU", &Kernel::Create, &Kernel::Run, &Kernel::Delete);
  TF_RegisterKernelBuilder(def.name, kernel, status.get());
  Check(status);
}

// Shapes of outputs out of pieces of the inputs' shapes.
class Shapes {
 public:
  Shapes(TF_ShapeInferenceContext* context, TF_Status* status) : context_(context), status_(status) {}

  using Shape = std::unique_ptr<TF_ShapeHandle, decltype(&TF_DeleteShapeHandle)>;

  Shape Input(int index) {
    Shape shape = New();
    TF_ShapeInferenceContextGetInput(context_, index, shape.get(), status_);
    return shape;
  }
  // Dimensions `from` up to `to` of an input.
  Shape Dimensions(int index, int64_t from, int64_t to) {
    const Shape whole = Input(index);
    Shape part = New();
    TF_ShapeInferenceContextSubshape(context_, whole.get(), from, to, part.get(), status_);
    return part;
  }
  Shape Join(const Shape& first, const Shape& second) {
    Shape both = New();
    TF_ShapeInferenceContextConcatenateShapes(context_, first.get(), second.get(), both.get(), status_);
    return both;
  }
  void Output(int index, const Shape& shape) {
    TF_ShapeInferenceContextSetOutput(context_, index, shape.get(), status_);
  }

 private:
  static Shape New() { return Shape(TF_NewShapeHandle(), &TF_DeleteShapeHandle); }

  TF_ShapeInferenceContext* context_;
  TF_Status* status_;
};

// Each output has the shape of one of the inputs: their numbers in the order of the outputs.
template <int... kInputs>
void SameAs(TF_ShapeInferenceContext* context, TF_Status* status) {
  Shapes shapes(context, status);
  int output = 0;
  (shapes.Output(output++, shapes.Input(kInputs)), ...);
}

}  // namespace neuroloom

#endif  // NEUROLOOM_KERNELS_DEFINE_OPERATION_H_
