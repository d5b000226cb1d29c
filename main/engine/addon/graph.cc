#include "graph.h"

#include "tensor.h"

namespace neuroloom {

TF_Operation* Graph::Operation(int64_t id) const {
  if (id < 0 || id >= static_cast<int64_t>(operations_.size())) {
    throw Failure("the graph has no operation " + std::to_string(id));
  }
  return operations_[id];
}

TF_Output Graph::Output(int64_t id) const {
  TF_Operation* operation = Operation(id / kOutputsPerOperation);
  const int index = static_cast<int>(id % kOutputsPerOperation);
  if (index >= TF_OperationNumOutputs(operation)) {
    throw Failure(std::string(TF_OperationName(operation)) + " has no output " + std::to_string(index));
  }
  return {operation, index};
}

int64_t Graph::Add(TF_Operation* operation) {
  operations_.push_back(operation);
  return static_cast<int64_t>(operations_.size()) - 1;
}

namespace {

napi_value CreateGraph(napi_env env, napi_callback_info) {
  return Guard(env, [&] { return ToHandle(env, std::make_shared<Graph>()); });
}

void SetStrings(TF_OperationDescription* op, const char* name, const std::vector<std::string>& values) {
  std::vector<const void*> pointers;
  std::vector<size_t> lengths;
  for (const std::string& value : values) {
    pointers.push_back(value.data());
    lengths.push_back(value.size());
  }
  TF_SetAttrStringList(op, name, pointers.data(), lengths.data(), static_cast<int>(values.size()));
}

void SetShape(napi_env env, TF_OperationDescription* op, const char* name, napi_value value) {
  if (IsMissing(env, value)) {
    TF_SetAttrShape(op, name, nullptr, -1);
    return;
  }
  const std::vector<int64_t> dims = GetInts(env, value);
  TF_SetAttrShape(op, name, dims.data(), static_cast<int>(dims.size()));
}

// One attribute in tfjs-node's own form, `{ name, type: TF_AttrType, value }`; an array as value
// is a list, except that a shape is one.
void SetAttribute(napi_env env, TF_OperationDescription* op, napi_value attribute) {
  const std::string name_text = GetString(env, GetProperty(env, attribute, "name"));
  const char* name = name_text.c_str();
  const auto type = static_cast<TF_AttrType>(GetInt(env, GetProperty(env, attribute, "type")));
  const napi_value value = GetProperty(env, attribute, "value");
  const bool list = IsArray(env, value);
  switch (type) {
    case TF_ATTR_STRING: {
      if (list) {
        SetStrings(op, name, GetList(env, value, [env](napi_value v) { return GetString(env, v); }));
      } else {
        const std::string text = GetString(env, value);
        TF_SetAttrString(op, name, text.data(), text.size());
      }
      return;
    }
    case TF_ATTR_INT: {
      if (list) {
        const std::vector<int64_t> values = GetInts(env, value);
        TF_SetAttrIntList(op, name, values.data(), static_cast<int>(values.size()));
      } else {
        TF_SetAttrInt(op, name, GetInt(env, value));
      }
      return;
    }
    case TF_ATTR_FLOAT: {
      if (list) {
        const auto values =
            GetList(env, value, [env](napi_value v) { return static_cast<float>(GetNumber(env, v)); });
        TF_SetAttrFloatList(op, name, values.data(), static_cast<int>(values.size()));
      } else {
        TF_SetAttrFloat(op, name, static_cast<float>(GetNumber(env, value)));
      }
      return;
    }
    case TF_ATTR_BOOL: {
      if (list) {
        const auto values = GetList(
            env, value, [env](napi_value v) { return static_cast<unsigned char>(GetBool(env, v)); });
        TF_SetAttrBoolList(op, name, values.data(), static_cast<int>(values.size()));
      } else {
        TF_SetAttrBool(op, name, GetBool(env, value));
      }
      return;
    }
    case TF_ATTR_TYPE: {
      if (list) {
        const auto values = GetList(
            env, value, [env](napi_value v) { return static_cast<TF_DataType>(GetInt(env, v)); });
        TF_SetAttrTypeList(op, name, values.data(), static_cast<int>(values.size()));
      } else {
        TF_SetAttrType(op, name, static_cast<TF_DataType>(GetInt(env, value)));
      }
      return;
    }
    case TF_ATTR_SHAPE:
      SetShape(env, op, name, value);
      return;
    case TF_ATTR_TENSOR: {
      const Tensor tensor = TensorFromObject(env, value);
      const Status status = NewStatus();
      TF_SetAttrTensor(op, name, tensor.get(), status.get());
      Check(status);
      return;
    }
    default:
      throw Failure("attribute " + name_text + " has the unknown type " + std::to_string(type));
  }
}

// `{ id, dtype, shape }` as tfjs-node describes a tensor; shape is null where the rank is not known
// before the graph runs, a dimension -1 where its size is not.
napi_value DescribeOutput(napi_env env, const Graph& graph, int64_t operation, int index) {
  const int64_t id = operation * kOutputsPerOperation + index;
  const TF_Output output = graph.Output(id);
  const Status status = NewStatus();
  const int rank = TF_GraphGetTensorNumDims(graph.get(), output, status.get());
  Check(status);

  napi_value object, shape;
  Check(napi_create_object(env, &object), "an object");
  if (rank < 0) {
    Check(napi_get_null(env, &shape), "null");
  } else {
    std::vector<int64_t> dims(rank);
    TF_GraphGetTensorShape(graph.get(), output, dims.data(), rank, status.get());
    Check(status);
    shape = ToArray(env, dims);
  }
  Check(napi_set_named_property(env, object, "id", ToNumber(env, static_cast<double>(id))), "an object");
  Check(napi_set_named_property(env, object, "dtype", ToNumber(env, TF_OperationOutputType(output))), "an object");
  Check(napi_set_named_property(env, object, "shape", shape), "an object");
  return object;
}

// addOperation(graph, type, name, inputs, controlInputs, attributes) → { operation, outputs }.
// An input is the number of an output, or an array of them for an input that takes a list.
napi_value AddOperation(napi_env env, napi_callback_info info) {
  return Guard(env, [&] {
    napi_value args[6];
    Arguments(env, info, args);
    const std::shared_ptr<Graph> graph = GetHandle<Graph>(env, args[0]);
    const std::string type = GetString(env, args[1]);
    const std::string name = GetString(env, args[2]);

    // Everything is read before TF_NewOperation: a description that was begun can only be got rid
    // of by finishing it.
    struct Input {
      bool list;
      std::vector<TF_Output> values;
    };
    const auto inputs = GetList(env, args[3], [&](napi_value v) {
      if (!IsArray(env, v)) return Input{false, {graph->Output(GetInt(env, v))}};
      return Input{true, GetList(env, v, [&](napi_value e) { return graph->Output(GetInt(env, e)); })};
    });
    const auto controls =
        GetList(env, args[4], [&](napi_value v) { return graph->Operation(GetInt(env, v)); });

    TF_OperationDescription* op = TF_NewOperation(graph->get(), type.c_str(), name.c_str());
    std::string problem;
    for (const Input& input : inputs) {
      if (input.list) {
        TF_AddInputList(op, input.values.data(), static_cast<int>(input.values.size()));
      } else {
        TF_AddInput(op, input.values[0]);
      }
    }
    for (TF_Operation* control : controls) TF_AddControlInput(op, control);
    try {
      GetList(env, args[5], [&](napi_value v) {
        SetAttribute(env, op, v);
        return 0;
      });
    } catch (const Failure& failure) {
      problem = failure.what();
    }
    const Status status = NewStatus();
    TF_Operation* operation = TF_FinishOperation(op, status.get());
    if (!problem.empty()) throw Failure(problem);
    Check(status);

    const int64_t id = graph->Add(operation);
    napi_value result, outputs;
    const int count = TF_OperationNumOutputs(operation);
    Check(napi_create_array_with_length(env, count, &outputs), "an array");
    for (int i = 0; i < count; i++) {
      Check(napi_set_element(env, outputs, i, DescribeOutput(env, *graph, id, i)), "an array");
    }
    Check(napi_create_object(env, &result), "an object");
    Check(napi_set_named_property(env, result, "operation", ToNumber(env, static_cast<double>(id))), "an object");
    Check(napi_set_named_property(env, result, "outputs", outputs), "an object");
    return result;
  });
}

napi_value GraphDef(napi_env env, napi_callback_info info) {
  return Guard(env, [&] {
    napi_value args[1];
    Arguments(env, info, args);
    const std::shared_ptr<Graph> graph = GetHandle<Graph>(env, args[0]);
    const std::unique_ptr<TF_Buffer, decltype(&TF_DeleteBuffer)> buffer(TF_NewBuffer(), &TF_DeleteBuffer);
    const Status status = NewStatus();
    TF_GraphToGraphDef(graph->get(), buffer.get(), status.get());
    Check(status);
    void* copy;
    napi_value result;
    Check(napi_create_buffer_copy(env, buffer->length, buffer->data, &copy, &result), "memory for a graph");
    return result;
  });
}

}  // namespace

void RegisterGraph(napi_env env, napi_value exports) {
  const napi_property_descriptor properties[] = {
      {"createGraph", nullptr, CreateGraph, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"addOperation", nullptr, AddOperation, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"graphDef", nullptr, GraphDef, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
  };
  Check(napi_define_properties(env, exports, 3, properties), "exports");
}

}  // namespace neuroloom
