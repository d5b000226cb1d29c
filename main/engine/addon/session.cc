#include "session.h"

#include "tensor.h"

namespace neuroloom {

Session::Session(std::shared_ptr<Graph> graph, const void* config, size_t config_size)
    : graph_(std::move(graph)) {
  const std::unique_ptr<TF_SessionOptions, decltype(&TF_DeleteSessionOptions)> options(
      TF_NewSessionOptions(), &TF_DeleteSessionOptions);
  const Status status = NewStatus();
  TF_SetConfig(options.get(), config, config_size, status.get());
  Check(status);
  session_ = TF_NewSession(graph_->get(), options.get(), status.get());
  Check(status);
}

void Session::Close() {
  if (closed_) return;
  closed_ = true;
  const Status status = NewStatus();
  TF_CloseSession(session_, status.get());
}

Session::~Session() {
  if (!session_) return;
  Close();
  const Status status = NewStatus();
  TF_DeleteSession(session_, status.get());
}

namespace {

struct BufferDeleter {
  void operator()(TF_Buffer* buffer) const { TF_DeleteBuffer(buffer); }
};
using Buffer = std::unique_ptr<TF_Buffer, BufferDeleter>;

struct Bytes {
  const void* data;
  size_t size;
};

Bytes GetBytes(napi_env env, napi_value value) {
  napi_typedarray_type type;
  size_t size;
  void* data;
  Check(napi_get_typedarray_info(env, value, &type, &size, &data, nullptr, nullptr), "a serialised message");
  if (type != napi_uint8_array) throw Failure("expected a serialised message");
  return {data, size};
}

// Null where the value is missing.
Buffer GetMessage(napi_env env, napi_value value) {
  if (IsMissing(env, value)) return nullptr;
  const Bytes bytes = GetBytes(env, value);
  return Buffer(TF_NewBufferFromString(bytes.data, bytes.size));
}

// What to feed, fetch and run, resolved once.
struct Call {
  static constexpr napi_type_tag kTypeTag = {0x6e6575726f6c6f6fULL, 0x63616c6c00000001ULL};
  static constexpr const char* kName = "call";

  std::weak_ptr<Session> session;
  std::vector<TF_Output> feeds;
  std::vector<TF_DataType> feed_types;
  std::vector<std::vector<int64_t>> feed_shapes;
  std::vector<TF_Output> fetches;
  std::vector<TF_Operation*> targets;
  // A serialised tensorflow.RunOptions; null for TensorFlow's own.
  Buffer options;
};

// One run on its way through the thread pool.
struct Run {
  std::shared_ptr<Call> call;
  // Set where the run is to say how it went: its own options in place of the call's, and the answer.
  Buffer options;
  Buffer metadata;
  std::shared_ptr<Session> session;
  std::vector<Tensor> inputs;
  std::vector<Tensor> outputs;
  Status status = NewStatus();
  napi_deferred deferred = nullptr;
  napi_async_work work = nullptr;
};

napi_value CreateSession(napi_env env, napi_callback_info info) {
  return Guard(env, [&] {
    napi_value args[2];
    Arguments(env, info, args);
    const Bytes config = GetBytes(env, args[1]);
    return ToHandle(env, std::make_shared<Session>(GetHandle<Graph>(env, args[0]), config.data, config.size));
  });
}

napi_value CloseSession(napi_env env, napi_callback_info info) {
  return Guard(env, [&]() -> napi_value {
    napi_value args[1];
    Arguments(env, info, args);
    GetHandle<Session>(env, args[0])->Close();
    return nullptr;
  });
}

// prepareCall(session, feeds: [{ output, dtype, shape }], fetches: outputs, targets: operations, options?)
napi_value PrepareCall(napi_env env, napi_callback_info info) {
  return Guard(env, [&] {
    napi_value args[5];
    Arguments(env, info, args, 4);
    const std::shared_ptr<Session> session = GetHandle<Session>(env, args[0]);
    auto call = std::make_shared<Call>();
    call->session = session;
    GetList(env, args[1], [&](napi_value feed) {
      call->feeds.push_back(session->graph().Output(GetInt(env, GetProperty(env, feed, "output"))));
      call->feed_types.push_back(static_cast<TF_DataType>(GetInt(env, GetProperty(env, feed, "dtype"))));
      call->feed_shapes.push_back(GetInts(env, GetProperty(env, feed, "shape")));
      return 0;
    });
    call->fetches =
        GetList(env, args[2], [&](napi_value v) { return session->graph().Output(GetInt(env, v)); });
    call->targets =
        GetList(env, args[3], [&](napi_value v) { return session->graph().Operation(GetInt(env, v)); });
    call->options = GetMessage(env, args[4]);
    return ToHandle(env, call);
  });
}

// Off the main thread: no N-API here.
void Execute(napi_env, void* data) {
  Run* run = static_cast<Run*>(data);
  const Call& call = *run->call;
  std::vector<TF_Tensor*> inputs, outputs(call.fetches.size(), nullptr);
  for (const Tensor& tensor : run->inputs) inputs.push_back(tensor.get());
  const TF_Buffer* options = run->options ? run->options.get() : call.options.get();
  TF_SessionRun(run->session->get(), options, call.feeds.data(), inputs.data(), static_cast<int>(inputs.size()),
                call.fetches.data(), outputs.data(), static_cast<int>(outputs.size()), call.targets.data(),
                static_cast<int>(call.targets.size()), run->metadata.get(), run->status.get());
  for (TF_Tensor* tensor : outputs) {
    if (tensor) run->outputs.emplace_back(tensor);
  }
  run->inputs.clear();
}

void Complete(napi_env env, napi_status status, void* data) {
  const std::unique_ptr<Run> run(static_cast<Run*>(data));
  napi_delete_async_work(env, run->work);
  try {
    if (status == napi_cancelled) throw Failure(TF_CANCELLED, "the call was cancelled");
    Check(run->status);
    napi_value results;
    if (run->metadata) {
      void* copy;
      const TF_Buffer& metadata = *run->metadata;
      Check(napi_create_buffer_copy(env, metadata.length, metadata.data, &copy, &results), "memory for metadata");
      napi_resolve_deferred(env, run->deferred, results);
      return;
    }
    Check(napi_create_array_with_length(env, run->outputs.size(), &results), "an array");
    for (size_t i = 0; i < run->outputs.size(); i++) {
      Check(napi_set_element(env, results, i, TensorToObject(env, run->outputs[i].get())), "a result");
    }
    napi_resolve_deferred(env, run->deferred, results);
  } catch (const Failure& failure) {
    napi_reject_deferred(env, run->deferred, NewError(env, failure.code(), failure.what()));
  }
}

// Copies what is fed and queues the run; the promise is the caller's answer.
napi_value Start(napi_env env, std::unique_ptr<Run> run, napi_value call_handle, napi_value data) {
  run->call = GetHandle<Call>(env, call_handle);
  run->session = run->call->session.lock();
  if (!run->session || run->session->closed()) throw Failure(TF_FAILED_PRECONDITION, "the session is closed");
  const Call& call = *run->call;
  size_t index = 0;
  run->inputs = GetList(env, data, [&](napi_value array) {
    if (index >= call.feeds.size()) throw Failure("more values than feeds");
    Tensor tensor = TensorFromTypedArray(env, call.feed_types[index], call.feed_shapes[index], array);
    index++;
    return tensor;
  });
  if (index != call.feeds.size()) throw Failure("fewer values than feeds");

  napi_value promise, name;
  Check(napi_create_promise(env, &run->deferred, &promise), "a promise");
  Check(napi_create_string_utf8(env, "neuroloom:run", NAPI_AUTO_LENGTH, &name), "a string");
  Check(napi_create_async_work(env, nullptr, name, Execute, Complete, run.get(), &run->work), "a work item");
  Check(napi_queue_async_work(env, run->work), "a thread");
  run.release();
  return promise;
}

// runCall(call, data: typed arrays in the order of the feeds) → Promise<{ dtype, shape, data }[]>
napi_value RunCall(napi_env env, napi_callback_info info) {
  return Guard(env, [&] {
    napi_value args[2];
    Arguments(env, info, args);
    return Start(env, std::make_unique<Run>(), args[0], args[1]);
  });
}

// describeRun(call, data, options: tensorflow.RunOptions) → Promise<tensorflow.RunMetadata>
napi_value DescribeRun(napi_env env, napi_callback_info info) {
  return Guard(env, [&] {
    napi_value args[3];
    Arguments(env, info, args);
    auto run = std::make_unique<Run>();
    run->options = GetMessage(env, args[2]);
    run->metadata = Buffer(TF_NewBuffer());
    return Start(env, std::move(run), args[0], args[1]);
  });
}

}  // namespace

void RegisterSession(napi_env env, napi_value exports) {
  const napi_property_descriptor properties[] = {
      {"createSession", nullptr, CreateSession, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"closeSession", nullptr, CloseSession, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"prepareCall", nullptr, PrepareCall, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"runCall", nullptr, RunCall, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"describeRun", nullptr, DescribeRun, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
  };
  Check(napi_define_properties(env, exports, 5, properties), "exports");
}

}  // namespace neuroloom
