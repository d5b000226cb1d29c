// The addon's own operations.
#ifndef NEUROLOOM_KERNELS_OPERATIONS_H_
#define NEUROLOOM_KERNELS_OPERATIONS_H_

namespace neuroloom {

// Declares them to TensorFlow, once per process: its registries outlive a module that is loaded again.
void DefineOperations();

void DefineRecurrentOperations();
void DefineElementwiseOperations();
void DefineProductOperations();
void DefineAttentionOperations();
void DefineConvolutionOperations();
void DefineOptimizerOperations();

}  // namespace neuroloom

#endif  // NEUROLOOM_KERNELS_OPERATIONS_H_
