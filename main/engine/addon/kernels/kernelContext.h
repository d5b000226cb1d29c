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

  template <typename Number>
  struct InputOf {
    const Number* data;
    std::vector<int64_t> shape;
    int64_t Numbers() const {
      int64_t product = 1;
      for (const int64_t size : shape) product *= size;
      return product;
    }
  };
  using Input = InputOf<float>;

  // The input of this number, of any shape; it lives as long as the call.
  template <typename Number = float>
  InputOf<Number> Read(int index) {
    TF_Tensor* tensor = nullptr;
    TF_GetInput(context_, index, &tensor, status_.get());
    Check(status_);
    kept_.emplace_back(tensor, &TF_DeleteTensor);
    InputOf<Number> input{static_cast<const Number*>(TF_TensorData(tensor)), {}};
    for (int i = 0; i < TF_NumDims(tensor); i++) input.shape.push_back(TF_Dim(tensor, i));
    return input;
  }

  // The same of `rank` dimensions.
  Input Read(int index, size_t rank) {
    const Input input = Read(index);
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

struct NoAttributes {
  explicit NoAttributes(TF_OpKernelConstruction*) {}
};

inline float FloatAttribute(TF_OpKernelConstruction* construction, const char* name) {
  const Status status = NewStatus();
  float value = 0;
  TF_OpKernelConstruction_GetAttrFloat(construction, name, &value, status.get());
  Check(status);
  return value;
}

inline int64_t IntAttribute(TF_OpKernelConstruction* construction, const char* name) {
  const Status status = NewStatus();
  int64_t value = 0;
  TF_OpKernelConstruction_GetAttrInt64(construction, name, &value, status.get());
  Check(status);
  return value;
}

inline bool BoolAttribute(TF_OpKernelConstruction* construction, const char* name) {
  const Status status = NewStatus();
  TF_Bool value = 0;
  TF_OpKernelConstruction_GetAttrBool(construction, name, &value, status.get());
  Check(status);
  return value != 0;
}

}  // namespace neuroloom

#endif  // NEUROLOOM_KERNELS_KERNEL_CONTEXT_H_
