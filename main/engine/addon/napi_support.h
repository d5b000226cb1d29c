// The few N-API calls that the addon needs, with errors as C++ exceptions that the
// entry points turn into JavaScript errors.
#ifndef NEUROLOOM_NAPI_SUPPORT_H_
#define NEUROLOOM_NAPI_SUPPORT_H_

#include <node_api.h>

#include <cmath>
#include <cstdint>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "tensorflow/c/c_api.h"

namespace neuroloom {

// What went wrong, with TensorFlow's status code (TF_INVALID_ARGUMENT for misuse of the addon itself).
class Failure : public std::runtime_error {
 public:
  Failure(int code, const std::string& message) : std::runtime_error(message), code_(code) {}
  explicit Failure(const std::string& message) : Failure(TF_INVALID_ARGUMENT, message) {}
  int code() const { return code_; }

 private:
  int code_;
};

struct StatusDeleter {
  void operator()(TF_Status* status) const { TF_DeleteStatus(status); }
};
using Status = std::unique_ptr<TF_Status, StatusDeleter>;
inline Status NewStatus() { return Status(TF_NewStatus()); }

inline void Check(const Status& status) {
  if (TF_GetCode(status.get()) != TF_OK) {
    throw Failure(TF_GetCode(status.get()), TF_Message(status.get()));
  }
}

inline void Check(napi_status status, const char* what) {
  if (status != napi_ok) throw Failure(std::string("expected ") + what);
}

// An Error object with `code`, TensorFlow's status code.
inline napi_value NewError(napi_env env, int code, const std::string& message) {
  napi_value text, error, number;
  napi_create_string_utf8(env, message.c_str(), message.size(), &text);
  napi_create_error(env, nullptr, text, &error);
  napi_create_int32(env, code, &number);
  napi_set_named_property(env, error, "code", number);
  return error;
}

// Runs an entry point's body; a C++ exception becomes a JavaScript one.
template <typename Body>
napi_value Guard(napi_env env, Body body) {
  try {
    return body();
  } catch (const Failure& failure) {
    napi_throw(env, NewError(env, failure.code(), failure.what()));
  } catch (const std::exception& error) {
    napi_throw(env, NewError(env, TF_INTERNAL, error.what()));
  }
  return nullptr;
}

// Arguments from `required` on may be missing.
template <size_t N>
void Arguments(napi_env env, napi_callback_info info, napi_value (&values)[N], size_t required = N) {
  size_t count = N;
  Check(napi_get_cb_info(env, info, &count, values, nullptr, nullptr), "arguments");
  if (count < required) throw Failure("too few arguments: expected " + std::to_string(required));
}

inline double GetNumber(napi_env env, napi_value value) {
  double number;
  Check(napi_get_value_double(env, value, &number), "a number");
  return number;
}

inline int64_t GetInt(napi_env env, napi_value value) {
  return static_cast<int64_t>(GetNumber(env, value));
}

// tfjs passes 0 and 1 for some boolean attributes.
inline bool GetBool(napi_env env, napi_value value) {
  napi_value coerced;
  bool result;
  Check(napi_coerce_to_bool(env, value, &coerced), "a boolean");
  Check(napi_get_value_bool(env, coerced, &result), "a boolean");
  return result;
}

inline std::string GetString(napi_env env, napi_value value) {
  size_t length;
  Check(napi_get_value_string_utf8(env, value, nullptr, 0, &length), "a string");
  std::string text(length, '\0');
  Check(napi_get_value_string_utf8(env, value, &text[0], length + 1, &length), "a string");
  return text;
}

inline bool IsArray(napi_env env, napi_value value) {
  bool result = false;
  napi_is_array(env, value, &result);
  return result;
}

inline bool IsMissing(napi_env env, napi_value value) {
  napi_valuetype type;
  napi_typeof(env, value, &type);
  return type == napi_undefined || type == napi_null;
}

inline napi_value GetProperty(napi_env env, napi_value object, const char* name) {
  napi_value value;
  Check(napi_get_named_property(env, object, name, &value), "an object");
  return value;
}

template <typename Read>
auto GetList(napi_env env, napi_value array, Read read) {
  uint32_t length;
  Check(napi_get_array_length(env, array, &length), "an array");
  std::vector<decltype(read(array))> values;
  values.reserve(length);
  for (uint32_t i = 0; i < length; i++) {
    napi_value element;
    Check(napi_get_element(env, array, i, &element), "an array element");
    values.push_back(read(element));
  }
  return values;
}

inline std::vector<int64_t> GetInts(napi_env env, napi_value array) {
  return GetList(env, array, [env](napi_value v) { return GetInt(env, v); });
}

inline napi_value ToNumber(napi_env env, double number) {
  napi_value value;
  Check(napi_create_double(env, number, &value), "a number");
  return value;
}

inline napi_value ToArray(napi_env env, const std::vector<int64_t>& numbers) {
  napi_value array;
  Check(napi_create_array_with_length(env, numbers.size(), &array), "an array");
  for (size_t i = 0; i < numbers.size(); i++) {
    Check(napi_set_element(env, array, i, ToNumber(env, static_cast<double>(numbers[i]))), "an array");
  }
  return array;
}

// A JavaScript handle that shares ownership of a C++ object. The tag keeps a handle of one kind
// from being taken for another.
template <typename T>
napi_value ToHandle(napi_env env, std::shared_ptr<T> object) {
  auto* holder = new std::shared_ptr<T>(std::move(object));
  napi_value value;
  napi_status status = napi_create_external(
      env, holder, [](napi_env, void* data, void*) { delete static_cast<std::shared_ptr<T>*>(data); },
      nullptr, &value);
  if (status != napi_ok) {
    delete holder;
    throw Failure(TF_INTERNAL, "could not create a handle");
  }
  Check(napi_type_tag_object(env, value, &T::kTypeTag), "a handle");
  return value;
}

template <typename T>
std::shared_ptr<T> GetHandle(napi_env env, napi_value value) {
  napi_valuetype type;
  bool matches = false;
  napi_typeof(env, value, &type);
  if (type == napi_external) napi_check_object_type_tag(env, value, &T::kTypeTag, &matches);
  if (!matches) throw Failure(std::string("expected a handle of a ") + T::kName);
  void* data;
  Check(napi_get_value_external(env, value, &data), "a handle");
  return *static_cast<std::shared_ptr<T>*>(data);
}

}  // namespace neuroloom

#endif  // NEUROLOOM_NAPI_SUPPORT_H_
