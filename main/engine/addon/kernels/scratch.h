// Memory for the time of one call.
#ifndef NEUROLOOM_KERNELS_SCRATCH_H_
#define NEUROLOOM_KERNELS_SCRATCH_H_

#include <cstdint>
#include <cstdlib>
#include <new>

namespace neuroloom {

class Scratch {
 public:
  explicit Scratch(int64_t numbers) {
    const size_t bytes = (static_cast<size_t>(numbers) * sizeof(float) + 63) / 64 * 64;
    data_ = static_cast<float*>(std::aligned_alloc(64, bytes));
    if (data_ == nullptr) throw std::bad_alloc();
  }
  ~Scratch() { std::free(data_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  float* data() const { return data_; }

 private:
  float* data_;
};

}  // namespace neuroloom

#endif  // NEUROLOOM_KERNELS_SCRATCH_H_
