// A TensorFlow graph under construction. Operations are numbered in the order in which they were
// added; an output is named by one number, `operation * kOutputsPerOperation + index`.
#ifndef NEUROLOOM_GRAPH_H_
#define NEUROLOOM_GRAPH_H_

#include "napi_support.h"

namespace neuroloom {

constexpr int64_t kOutputsPerOperation = 65536;

class Graph {
 public:
  static constexpr napi_type_tag kTypeTag = {0x6e6575726f6c6f6fULL, 0x6772617068000001ULL};
  static constexpr const char* kName = "graph";

  Graph() : graph_(TF_NewGraph()) {}
  ~Graph() { TF_DeleteGraph(graph_); }
  Graph(const Graph&) = delete;
  Graph& operator=(const Graph&) = delete;

  TF_Graph* get() const { return graph_; }
  TF_Operation* Operation(int64_t id) const;
  TF_Output Output(int64_t id) const;
  int64_t Add(TF_Operation* operation);

 private:
  TF_Graph* graph_;
  std::vector<TF_Operation*> operations_;
};

// createGraph(), addOperation(…), graphDef(graph)
void RegisterGraph(napi_env env, napi_value exports);

}  // namespace neuroloom

#endif  // NEUROLOOM_GRAPH_H_
