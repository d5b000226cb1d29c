#include "tensor.h"

#include <cstring>

namespace neuroloom {

namespace {

struct Bytes {
  const void* data;
  size_t size;
};

size_t ElementSize(napi_typedarray_type type) {
  switch (type) {
    case napi_int8_array:
    case napi_uint8_array:
    case napi_uint8_clamped_array:
      return 1;
    case napi_int16_array:
    case napi_uint16_array:
      return 2;
    case napi_int32_array:
    case napi_uint32_array:
    case napi_float32_array:
      return 4;
    default:
      return 8;
  }
}

Bytes GetTypedArray(napi_env env, napi_value value) {
  napi_typedarray_type type;
  size_t length;
  void* data;
  Check(napi_get_typedarray_info(env, value, &type, &length, &data, nullptr, nullptr), "a typed array");
  return {data, length * ElementSize(type)};
}

napi_typedarray_type ArrayTypeOf(TF_DataType dtype) {
  switch (dtype) {
    case TF_FLOAT:
      return napi_float32_array;
    case TF_DOUBLE:
      return napi_float64_array;
    case TF_INT32:
      return napi_int32_array;
    case TF_INT64:
      return napi_bigint64_array;
    case TF_BOOL:
    case TF_UINT8:
      return napi_uint8_array;
    default:
      throw Failure("tensors of type " + std::to_string(dtype) + " cannot be read");
  }
}

}  // namespace

Tensor TensorFromTypedArray(napi_env env, TF_DataType dtype, const std::vector<int64_t>& shape,
                            napi_value typed_array) {
  const size_t element = TF_DataTypeSize(dtype);
  if (element == 0) throw Failure("tensors of type " + std::to_string(dtype) + " cannot be made");
  const Bytes bytes = GetTypedArray(env, typed_array);
  size_t expected = element;
  for (int64_t dim : shape) {
    if (dim < 0) throw Failure("a tensor's shape has a negative dimension");
    if (dim != 0 && expected > SIZE_MAX / static_cast<size_t>(dim)) throw Failure("a tensor's shape is too large");
    expected *= static_cast<size_t>(dim);
  }
  if (bytes.size != expected) {
    throw Failure("a tensor's data has " + std::to_string(bytes.size) + " bytes where its shape needs " +
                  std::to_string(expected));
  }
  Tensor tensor(TF_AllocateTensor(dtype, shape.data(), static_cast<int>(shape.size()), expected));
  if (!tensor) throw Failure(TF_RESOURCE_EXHAUSTED, "no memory for a tensor of " + std::to_string(expected) + " bytes");
  if (expected > 0) std::memcpy(TF_TensorData(tensor.get()), bytes.data, expected);
  return tensor;
}

Tensor TensorFromObject(napi_env env, napi_value object) {
  return TensorFromTypedArray(env, static_cast<TF_DataType>(GetInt(env, GetProperty(env, object, "dtype"))),
                              GetInts(env, GetProperty(env, object, "shape")),
                              GetProperty(env, object, "data"));
}

napi_value TensorToObject(napi_env env, TF_Tensor* tensor) {
  const TF_DataType dtype = TF_TensorType(tensor);
  const size_t size = TF_TensorByteSize(tensor);
  std::vector<int64_t> shape;
  for (int i = 0; i < TF_NumDims(tensor); i++) shape.push_back(TF_Dim(tensor, i));

  void* memory;
  napi_value buffer, array, object;
  Check(napi_create_arraybuffer(env, size, &memory, &buffer), "memory for a result");
  if (size > 0) std::memcpy(memory, TF_TensorData(tensor), size);
  Check(napi_create_typedarray(env, ArrayTypeOf(dtype), size / TF_DataTypeSize(dtype), buffer, 0, &array),
        "a result");
  Check(napi_create_object(env, &object), "a result");
  Check(napi_set_named_property(env, object, "dtype", ToNumber(env, dtype)), "a result");
  Check(napi_set_named_property(env, object, "shape", ToArray(env, shape)), "a result");
  Check(napi_set_named_property(env, object, "data", array), "a result");
  return object;
}

}  // namespace neuroloom
