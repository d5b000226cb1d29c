// Gradients of convolutions of images with few channels as TensorFlow operations.
#include "defineOperation.h"
#include "instructionSet.h"
#include "operations.h"

namespace neuroloom {
namespace {

using Input = KernelContext::Input;

struct ConvolutionAttributes {
  explicit ConvolutionAttributes(TF_OpKernelConstruction* construction)
      : down(IntAttribute(construction, "down")),
        across(IntAttribute(construction, "across")),
        top(IntAttribute(construction, "top")),
        left(IntAttribute(construction, "left")) {
    if (down < 1 || across < 1 || top < 0 || left < 0) throw Failure("strides and padding out of range");
  }
  int64_t down, across, top, left;
};

ConvolutionSizes SizesOf(const ConvolutionAttributes& a, const Input& x, const Input& filter, const Input& dy) {
  const auto &image = x.shape, &kernel = filter.shape, &out = dy.shape;
  if (image[0] != out[0] || image[3] != kernel[2] || kernel[3] != out[3]) {
    throw Failure("image, kernel and gradient do not fit each other");
  }
  return {image[0], image[1], image[2], image[3], kernel[0], kernel[1], kernel[3],
          out[1],   out[2],   a.down,   a.across, a.top,     a.left};
}

void FilterGradOf(const ConvolutionAttributes& attributes, KernelContext& context) {
  const auto filter = context.Read(0, size_t{4}), x = context.Read(1, size_t{4}), dy = context.Read(2, size_t{4});
  const ConvolutionSizes sizes = SizesOf(attributes, x, filter, dy);
  BestKernels().filter_grad({sizes, x.data, dy.data, context.Allocate(0, filter.shape)});
}

void ImageGradOf(const ConvolutionAttributes& attributes, KernelContext& context) {
  const auto x = context.Read(0, size_t{4}), filter = context.Read(1, size_t{4}), dy = context.Read(2, size_t{4});
  const ConvolutionSizes sizes = SizesOf(attributes, x, filter, dy);
  BestKernels().image_grad({sizes, filter.data, dy.data, context.Allocate(0, x.shape)});
}

}  // namespace

void DefineConvolutionOperations() {
  const auto attributes = {"down: int", "across: int", "top: int", "left: int"};
  DefineOperation<ConvolutionAttributes, FilterGradOf>({"NeuroloomFilterGrad",
                                                        attributes,
                                                        {"filter: float", "x: float", "dy: float"},
                                                        {"d_filter: float"},
                                                        SameAs<0>});
  DefineOperation<ConvolutionAttributes, ImageGradOf>({"NeuroloomImageGrad",
                                                       attributes,
                                                       {"x: float", "filter: float", "dy: float"},
                                                       {"dx: float"},
                                                       SameAs<0>});
}

}  // namespace neuroloom
