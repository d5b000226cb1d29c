// TensorFlow tensors from and to typed arrays.
#ifndef NEUROLOOM_TENSOR_H_
#define NEUROLOOM_TENSOR_H_

#include "napi_support.h"

namespace neuroloom {

struct TensorDeleter {
  void operator()(TF_Tensor* tensor) const { TF_DeleteTensor(tensor); }
};
using Tensor = std::unique_ptr<TF_Tensor, TensorDeleter>;

// Copies a typed array into a new tensor. The copy is what TensorFlow itself would make: it wants
// 64-byte alignment, which the memory of an ArrayBuffer does not have; and an assigned variable
// keeps the buffer that it was fed.
Tensor TensorFromTypedArray(napi_env env, TF_DataType dtype, const std::vector<int64_t>& shape,
                            napi_value typed_array);

// `{ dtype, shape, data }` → tensor.
Tensor TensorFromObject(napi_env env, napi_value object);

// Tensor → `{ dtype, shape, data }` with a fresh typed array.
napi_value TensorToObject(napi_env env, TF_Tensor* tensor);

}  // namespace neuroloom

#endif  // NEUROLOOM_TENSOR_H_
