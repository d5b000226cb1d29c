// The kernels compiled for one instruction set, and the choice of the best that this processor has.
#ifndef NEUROLOOM_KERNELS_INSTRUCTION_SET_H_
#define NEUROLOOM_KERNELS_INSTRUCTION_SET_H_

#include "recurrentArgs.h"

namespace neuroloom {

struct Kernels {
  const char* name;
  void (*lstm_forward)(const Sizes&, const Order&, const LstmForwardArgs&);
  void (*lstm_backward)(const Sizes&, const Order&, const LstmBackwardArgs&);
  void (*gru_forward)(const Sizes&, const Order&, const GruForwardArgs&);
  void (*gru_backward)(const Sizes&, const Order&, const GruBackwardArgs&);
  void (*rnn_forward)(const Sizes&, const Order&, const RnnForwardArgs&);
  void (*rnn_backward)(const Sizes&, const Order&, const RnnBackwardArgs&);
};

// NEUROLOOM_INSTRUCTIONS=baseline|avx2|avx512 asks for a lesser one, for tests.
const Kernels& BestKernels();

extern const Kernels kBaselineKernels;
#if defined(__x86_64__)
extern const Kernels kAvx2Kernels;
extern const Kernels kAvx512Kernels;
#endif

}  // namespace neuroloom

#endif  // NEUROLOOM_KERNELS_INSTRUCTION_SET_H_
