// What the gradients of convolutions take.
#ifndef NEUROLOOM_KERNELS_CONVOLUTION_ARGS_H_
#define NEUROLOOM_KERNELS_CONVOLUTION_ARGS_H_

#include <cstdint>

namespace neuroloom {

// Images `[batch, height, width, channels]`, kernels `[kernel_height, kernel_width, channels, filters]`, outputs
// `[batch, out_height, out_width, filters]`; strides down and across, zeros on top and on the left.
struct ConvolutionSizes {
  int64_t batch, height, width, channels, kernel_height, kernel_width, filters, out_height, out_width;
  int64_t down, across, top, left;
};

struct FilterGradArgs {
  ConvolutionSizes sizes;
  const float *x, *dy;
  float* d_filter;
};

struct ImageGradArgs {
  ConvolutionSizes sizes;
  const float *filter, *dy;
  float* dx;
};

}  // namespace neuroloom

#endif  // NEUROLOOM_KERNELS_CONVOLUTION_ARGS_H_
