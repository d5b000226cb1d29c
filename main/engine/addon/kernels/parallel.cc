#include "parallel.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
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

using Clock = std::chrono::steady_clock;

// How long a thread looks for work, or for the end of it, before it sleeps: waking a thread takes as long as a small
// product, and the next call mostly comes sooner.
constexpr std::chrono::microseconds kPatience{50};

inline void Pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

// Waits, awake, until `condition` holds or patience ends.
template <typename Condition>
void Watch(Condition condition) {
  const auto end = Clock::now() + kPatience;
  while (!condition() && Clock::now() < end) Pause();
}

// One call of InParallel, shared by the threads that work on it.
class Work {
 public:
  Work(int64_t parts, const std::function<void(int64_t)>& body) : parts_(parts), body_(body) {}

  void Help() {
    int64_t mine = 0;
    for (int64_t part = next_++; part < parts_; part = next_++) {
      try {
        body_(part);
      } catch (...) {
        std::lock_guard<std::mutex> lock(mutex_);
        failure_ = std::current_exception();
      }
      mine++;
    }
    if (mine == 0 || done_.fetch_add(mine) + mine < parts_) return;
    std::lock_guard<std::mutex> lock(mutex_);
    ended_.notify_all();
  }

  void Await() {
    const auto ended = [this] { return done_.load() == parts_; };
    Watch(ended);
    std::unique_lock<std::mutex> lock(mutex_);
    ended_.wait(lock, ended);
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  const int64_t parts_;
  const std::function<void(int64_t)>& body_;
  std::atomic<int64_t> next_{0}, done_{0};
  std::mutex mutex_;
  std::condition_variable ended_;
  std::exception_ptr failure_;
};

class Threads {
 public:
  explicit Threads(int64_t count) {
    for (int64_t i = 0; i < count; i++) std::thread([this] { Serve(); }).detach();
  }

  void Offer(const std::shared_ptr<Work>& work, int64_t helpers) {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      for (int64_t i = 0; i < helpers; i++) offered_.push_back(work);
      count_ = offered_.size();
    }
    if (helpers == 1) {
      changed_.notify_one();
    } else {
      changed_.notify_all();
    }
  }

 private:
  void Serve() {
    while (true) {
      Watch([this] { return count_.load() > 0; });
      std::shared_ptr<Work> work;
      {
        std::unique_lock<std::mutex> lock(mutex_);
        changed_.wait(lock, [this] { return !offered_.empty(); });
        work = std::move(offered_.back());
        offered_.pop_back();
        count_ = offered_.size();
      }
      work->Help();
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::shared_ptr<Work>> offered_;
  std::atomic<size_t> count_{0};
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
  work->Await();
}

}  // namespace neuroloom
