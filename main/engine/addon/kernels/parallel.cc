#include "parallel.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#ifdef __linux__
#include <sched.h>
#endif

namespace neuroloom {

int64_t Processors() {
  static const int64_t count = [] {
#ifdef __linux__
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof(allowed), &allowed) == 0) {
      return static_cast<int64_t>(std::max(1, CPU_COUNT(&allowed)));
    }
#endif
    return static_cast<int64_t>(std::max(1u, std::thread::hardware_concurrency()));
  }();
  return count;
}

namespace {

// One call of InParallel, shared by the threads that work on it.
struct Work {
  Work(int64_t all, const std::function<void(int64_t)>& what) : parts(all), body(what) {}

  const int64_t parts;
  const std::function<void(int64_t)>& body;
  std::atomic<int64_t> next{0};
  std::mutex mutex;
  std::condition_variable ended;
  int64_t done = 0;

  void Help() {
    int64_t mine = 0;
    for (int64_t part = next++; part < parts; part = next++) {
      body(part);
      mine++;
    }
    if (mine == 0) return;
    std::lock_guard<std::mutex> lock(mutex);
    done += mine;
    if (done == parts) ended.notify_all();
  }
};

class Threads {
 public:
  explicit Threads(int64_t count) {
    for (int64_t i = 0; i < count; i++) std::thread([this] { Serve(); }).detach();
  }

  void Offer(const std::shared_ptr<Work>& work, int64_t helpers) {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      for (int64_t i = 0; i < helpers; i++) waiting_.push_back(work);
    }
    if (helpers == 1) {
      offered_.notify_one();
    } else {
      offered_.notify_all();
    }
  }

 private:
  void Serve() {
    while (true) {
      std::shared_ptr<Work> work;
      {
        std::unique_lock<std::mutex> lock(mutex_);
        offered_.wait(lock, [this] { return !waiting_.empty(); });
        work = std::move(waiting_.back());
        waiting_.pop_back();
      }
      work->Help();
    }
  }

  std::mutex mutex_;
  std::condition_variable offered_;
  std::vector<std::shared_ptr<Work>> waiting_;
};

}  // namespace

void InParallel(int64_t parts, const std::function<void(int64_t)>& body) {
  const int64_t helpers = std::min(parts, Processors()) - 1;
  if (helpers <= 0) {
    for (int64_t part = 0; part < parts; part++) body(part);
    return;
  }
  // Never freed: its threads wait for work until the process ends.
  static Threads* const threads = new Threads(Processors() - 1);
  const auto work = std::make_shared<Work>(parts, body);
  threads->Offer(work, helpers);
  work->Help();
  std::unique_lock<std::mutex> lock(work->mutex);
  work->ended.wait(lock, [&] { return work->done == work->parts; });
}

}  // namespace neuroloom
