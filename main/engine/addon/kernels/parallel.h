// Threads for the addon's own kernels.
#ifndef NEUROLOOM_KERNELS_PARALLEL_H_
#define NEUROLOOM_KERNELS_PARALLEL_H_

#include <cstdint>
#include <functional>

namespace neuroloom {

// Processors that this process may use.
int64_t Processors();

// Calls `body(0)` … `body(parts - 1)`, each once, on as many threads as there are processors, the
// caller's among them; returns when all have ended. Throws what the last
// failing one threw.
void InParallel(int64_t parts, const std::function<void(int64_t)>& body);

}  // namespace neuroloom

#endif  // NEUROLOOM_KERNELS_PARALLEL_H_
