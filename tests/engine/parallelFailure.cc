// Calls InParallel with a body that fails in one part: says how often it ran and what reached the caller, twice, since
// the threads must serve the next call as well.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <new>
#include <thread>

#include "kernels/parallel.h"

int main() {
  const auto caller = std::this_thread::get_id();
  for (int turn = 0; turn < 2; turn++) {
    std::atomic<int> calls{0}, elsewhere{0};
    const char* caught = "nothing";
    try {
      neuroloom::InParallel(64, [&](int64_t) {
        calls++;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        if (std::this_thread::get_id() == caller) return;
        elsewhere++;
        throw std::bad_alloc();
      });
    } catch (const std::bad_alloc&) {
      caught = "bad_alloc";
    }
    const bool alone = neuroloom::Processors() == 1;
    std::printf("%d %s %s\n", calls.load(), alone || elsewhere.load() > 0 ? "elsewhere" : "here", caught);
  }
  std::printf("%d\n", static_cast<int>(neuroloom::Processors()));
}
