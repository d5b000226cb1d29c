// One addon: TensorFlow.js' own binding for Node, compiled from its package, and Neuroloom's
// graphs and sessions beside it.
#include <node_api.h>

// The binding's source registers itself; here it is one part of a module that registers once.
#pragma push_macro("NAPI_MODULE")
#undef NAPI_MODULE
#define NAPI_MODULE(name, init)
#include "tfjs_binding.cc"
#pragma pop_macro("NAPI_MODULE")

#include "graph.h"
#include "kernels/operations.h"
#include "session.h"

NAPI_MODULE_INIT() {
  if (!tfnodejs::InitTFNodeJSBinding(env, exports)) return nullptr;
  return neuroloom::Guard(env, [&] {
    neuroloom::DefineOperations();
    neuroloom::RegisterGraph(env, exports);
    neuroloom::RegisterSession(env, exports);
    return exports;
  });
}
