// A kernel's view of TensorFlow's call: inputs, outputs and errors, over the C API.
#ifndef NEUROLOOM_KERNELS_KERNEL_CONTEXT_H_
#define NEUROLOOM_KERNELS_KERNEL_CONTEXT_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "../napi_support.h"
#include "tensorflow/c/kernels.h"
#include "tensorflow/c/tf_tensor.h"

namespace neuroloom {

class KernelContext {
 public:
  explicit KernelContext(TF_OpKernelContext* context) : context_(context), status_(NewStatus()) {}

  struct Input {
    const float* data;
    std::vector<int64_t> shape;
  };

  // The float input of this number, of `rank` dimensions; it lives as long as the call.
  Input Read(int index, size_t rank) {
    TF_Tensor* tensor = nullptr;
    TF_GetInput(context_, index, &tensor, status_.get());
    Check(status_);
    kept_.emplace_back(tensor, &TF_DeleteTensor);
    Input input{static_cast<const float*>(TF_TensorData(tensor)), {}};
    for (int i = 0; i < TF_NumDims(tensor); i++) input.shape.push_back(TF_Dim(tensor, i));
    if (input.shape.size() != rank) {
      throw Failure("input " + std::to_string(index) + " must have " + std::to_string(rank) + " dimensions");
    }
    return input;
  }

  // The same of one shape only.
  const float* Read(int index, const std::vector<int64_t>& shape) {
    const Input input = Read(index, shape.size());
    if (input.shape != shape) throw Failure("input " + std::to_string(index) + " has the wrong shape");
    return input.data;
  }

  float* Allocate(int index, const std::vector<int64_t>& shape) {
    int64_t numbers = 1;
    for (const int64_t size : shape) numbers *= size;
    TF_Tensor* tensor =
        TF_AllocateOutput(context_, index, TF_FLOAT, shape.data(), static_cast<int>(shape.size()),
                          static_cast<size_t>(numbers) * sizeof(float), status_.get());
    Check(status_);
    kept_.emplace_back(tensor, &TF_DeleteTensor);
    return static_cast<float*>(TF_TensorData(tensor));
  }

  void Fail(int code, const std::string& message) {
    TF_SetStatus(status_.get(), static_cast<TF_Code>(code), message.c_str());
    TF_OpKernelContext_Failure(context_, status_.get());
  }

 private:
  TF_OpKernelContext* context_;
  Status status_;
  std::vector<std::unique_ptr<TF_Tensor, decltype(&TF_DeleteTensor)>> kept_;
};

// The attributes of one operation, read once; `Attributes` is made from TF_OpKernelConstruction.
template <typename Attributes, void (*Compute)(const Attributes&, KernelContext&)>
struct KernelOf {
  static void* Create(TF_OpKernelConstruction* construction) {
    try {
      return new Attributes(construction);
    } catch (const Failure& failure) {
      const Status status = NewStatus();
      TF_SetStatus(status.get(), static_cast<TF_Code>(failure.code()), failure.what());
      TF_OpKernelConstruction_Failure(construction, status.get());
      return nullptr;
    }
  }
  static void Run(void* attributes, TF_OpKernelContext* raw) {
    KernelContext context(raw);
    try {
      Compute(*static_cast<const Attributes*>(attributes), context);
    } catch (const Failure& failure) {
      context.Fail(failure.code(), failure.what());
    } catch (const std::bad_alloc&) {
      context.Fail(TF_RESOURCE_EXHAUSTED, "no memory is left for a kernel");
    }
  }
  static void Delete(void* attributes) { delete static_cast<Attributes*>(attributes); }
};

inline bool BoolAttribute(TF_OpKernelConstruction* construction, const char* name) {
  const Status status = NewStatus();
  TF_Bool value = 0;
  TF_OpKernelConstruction_GetAttrBool(construction, name, &value, status.get());
  Check(status);
  return value != 0;
}

}  // namespace neuroloom

#endif  // NEUROLOOM_KERNELS_KERNEL_CONTEXT_H_
