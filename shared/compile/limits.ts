/** TensorFlow's kernels index with 32 bits. */
export const MAX_TENSOR_ELEMENTS = 2 ** 31 - 1;

/**
 * All weights together, float32. An optimiser takes up to three times as much again, so more than
 * this does not fit the machines that this app is for.
 */
export const MAX_PARAMETER_BYTES = 8 * 2 ** 30;

/** The outputs of all nodes for one batch, float32; a training step keeps most of them. */
export const MAX_ACTIVATION_BYTES = 64 * 2 ** 30;
