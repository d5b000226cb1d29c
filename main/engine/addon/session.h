// A session over a graph, and prepared calls into it. The graph may grow after the session has
// run: TensorFlow extends the session with the new operations at the next call.
#ifndef NEUROLOOM_SESSION_H_
#define NEUROLOOM_SESSION_H_

#include "graph.h"

namespace neuroloom {

class Session {
 public:
  static constexpr napi_type_tag kTypeTag = {0x6e6575726f6c6f6fULL, 0x73657373696f6e01ULL};
  static constexpr const char* kName = "session";

  // `config` is a serialised tensorflow.ConfigProto.
  Session(std::shared_ptr<Graph> graph, const void* config, size_t config_size);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  TF_Session* get() const { return session_; }
  const Graph& graph() const { return *graph_; }
  bool closed() const { return closed_; }
  // Refuses new calls and frees what the session holds once the running ones are done.
  void Close();

 private:
  std::shared_ptr<Graph> graph_;
  TF_Session* session_ = nullptr;
  bool closed_ = false;
};

// createSession(graph, config), closeSession(session), prepareCall(…), runCall(…), describeRun(…)
void RegisterSession(napi_env env, napi_value exports);

}  // namespace neuroloom

#endif  // NEUROLOOM_SESSION_H_
