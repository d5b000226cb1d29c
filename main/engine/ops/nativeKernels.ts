import * as tf from '@tensorflow/tfjs-core';
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node/dist/nodejs_kernel_backend.js';
import type { TFEOpAttr } from '@tensorflow/tfjs-node/dist/tfjs_binding.js';
import { AttrType, TfType } from '../addon/neuroloomAddon.ts';

/**
 * TensorFlow operations that TensorFlow.js does not offer, as kernels of its own registry. Called
 * through `runKernel`, they are seen by the tape like any other.
 */
type Inputs = Readonly<Record<string, tf.TensorInfo>>;
type Attributes = Readonly<Record<string, unknown>>;
interface NativeKernel {
  readonly name: string;
  /** TensorFlow's operation; the kernel's own name where absent. */
  readonly operation?: string | ((attributes: Attributes) => string);
  readonly inputs: readonly string[];
  readonly outputs: number;
  attributes(inputs: Inputs, attributes: Attributes): TFEOpAttr[];
}

const none = (): TFEOpAttr[] => [];
const float = (): TFEOpAttr[] => [{ name: 'T', type: AttrType.type, value: TfType.float32 }];

const causal = (_: Inputs, attributes: Attributes): TFEOpAttr[] => [
  { name: 'causal', type: AttrType.bool, value: attributes.causal === true },
];
const attentionWeights = (inputs: Inputs, attributes: Attributes): TFEOpAttr[] => [
  ...causal(inputs, attributes),
  { name: 'scale', type: AttrType.float, value: Number(attributes.scale) },
];

const kernels: readonly NativeKernel[] = [
  { name: 'ReluGrad', inputs: ['dy', 'y'], outputs: 1, attributes: float },
  { name: 'SigmoidGrad', inputs: ['y', 'dy'], outputs: 1, attributes: float },
  { name: 'TanhGrad', inputs: ['y', 'dy'], outputs: 1, attributes: float },
  {
    name: 'LeakyReluGrad',
    inputs: ['dy', 'x'],
    outputs: 1,
    attributes: (_, { alpha }) => [...float(), { name: 'alpha', type: AttrType.float, value: Number(alpha) }],
  },
  { name: 'SoftplusGrad', inputs: ['dy', 'x'], outputs: 1, attributes: float },
  { name: 'BiasAdd', inputs: ['x', 'bias'], outputs: 1, attributes: float },
  {
    name: 'BiasAddGrad',
    operation: ({ addon }) => (addon === true ? 'NeuroloomColumnSums' : 'BiasAddGrad'),
    inputs: ['dy'],
    outputs: 1,
    attributes: (_, { addon }) => (addon === true ? [] : float()),
  },
  // `addon` asks for the addon's own kernel, in the gradients too.
  {
    name: 'PlainMatMul',
    operation: productOperation,
    inputs: ['a', 'b'],
    outputs: 1,
    attributes: (_, attributes) =>
      productOperation(attributes) === 'MatMul'
        ? [
            ...float(),
            { name: 'transpose_a', type: AttrType.bool, value: attributes.transposeA === true },
            { name: 'transpose_b', type: AttrType.bool, value: attributes.transposeB === true },
          ]
        : [],
  },
  { name: 'NeuroloomAffine', inputs: ['a', 'b', 'bias'], outputs: 1, attributes: none },
  { name: 'NeuroloomAttentionWeights', inputs: ['q', 'k', 'mask'], outputs: 1, attributes: attentionWeights },
  {
    name: 'NeuroloomAttentionWeightsGrad',
    inputs: ['q', 'k', 'weights', 'dWeights'],
    outputs: 2,
    attributes: attentionWeights,
  },
  {
    name: 'NeuroloomMaskedAttentionWeightsGrad',
    inputs: ['q', 'k', 'weights', 'dWeights'],
    outputs: 3,
    attributes: attentionWeights,
  },
  { name: 'NeuroloomAttentionSum', inputs: ['weights', 'v'], outputs: 1, attributes: causal },
  { name: 'NeuroloomAttentionSumGrad', inputs: ['weights', 'v', 'dy'], outputs: 2, attributes: causal },
  { name: 'NeuroloomGelu', inputs: ['x'], outputs: 1, attributes: none },
  { name: 'NeuroloomGeluGrad', inputs: ['x', 'dy'], outputs: 1, attributes: none },
  { name: 'NeuroloomSilu', inputs: ['x'], outputs: 1, attributes: none },
  { name: 'NeuroloomSiluGrad', inputs: ['x', 'dy'], outputs: 1, attributes: none },
  { name: 'NeuroloomSoftplus', inputs: ['x'], outputs: 1, attributes: none },
  { name: 'NeuroloomSoftplusGrad', inputs: ['x', 'dy'], outputs: 1, attributes: none },
  { name: 'NeuroloomFilterGrad', inputs: ['filter', 'x', 'dy'], outputs: 1, attributes: convolution },
  { name: 'NeuroloomImageGrad', inputs: ['x', 'filter', 'dy'], outputs: 1, attributes: convolution },
  { name: 'NeuroloomNorm', inputs: ['x', 'scale', 'offset'], outputs: 3, attributes: normAttributes },
  {
    name: 'NeuroloomNormGrad',
    inputs: ['x', 'scale', 'mean', 'inverse', 'dy'],
    outputs: 3,
    attributes: normAttributes,
  },
  { name: 'NeuroloomBatchNorm', inputs: ['x', 'scale', 'offset'], outputs: 3, attributes: epsilonOnly },
  {
    name: 'NeuroloomBatchNormGrad',
    inputs: ['x', 'scale', 'mean', 'variance', 'dy'],
    outputs: 3,
    attributes: epsilonOnly,
  },
  { name: 'NeuroloomSparseCrossEntropy', inputs: ['logits', 'labels'], outputs: 2, attributes: none },
  {
    name: 'NeuroloomBinaryCrossEntropy',
    inputs: ['logits', 'targets'],
    outputs: 2,
    attributes: (_, { positive }) => [{ name: 'positive', type: AttrType.float, value: Number(positive) }],
  },
  {
    name: 'NeuroloomDropout',
    inputs: ['x', 'seed'],
    outputs: 1,
    attributes: (_, { rate }) => [{ name: 'rate', type: AttrType.float, value: Number(rate) }],
  },
  {
    name: 'SparseSoftmaxCrossEntropyWithLogits',
    inputs: ['logits', 'labels'],
    outputs: 2,
    attributes: () => [...float(), { name: 'Tlabels', type: AttrType.type, value: TfType.int32 }],
  },
  {
    name: 'StatelessRandomUniform',
    inputs: ['shape', 'seed'],
    outputs: 1,
    attributes: randomAttributes,
  },
  {
    name: 'StatelessRandomNormal',
    inputs: ['shape', 'seed'],
    outputs: 1,
    attributes: randomAttributes,
  },
  {
    name: 'MaxPoolGradGrad',
    inputs: ['input', 'output', 'values'],
    outputs: 1,
    attributes: (_, { filterSize, strides, pad }) => [
      ...float(),
      { name: 'ksize', type: AttrType.int, value: window(filterSize) },
      { name: 'strides', type: AttrType.int, value: window(strides) },
      { name: 'padding', type: AttrType.string, value: String(pad).toUpperCase() },
      { name: 'data_format', type: AttrType.string, value: 'NHWC' },
    ],
  },
  {
    name: 'UnsortedSegmentMax',
    inputs: ['x', 'segments', 'count'],
    outputs: 1,
    attributes: () => [
      ...float(),
      { name: 'Tindices', type: AttrType.type, value: TfType.int32 },
      { name: 'Tnumsegments', type: AttrType.type, value: TfType.int32 },
    ],
  },
  // The addon's own (main/engine/addon/kernels).
  {
    name: 'NeuroloomLstm',
    inputs: ['input', 'recurrent', 'h', 'c', 'mask'],
    outputs: 3,
    attributes: recurrentAttributes,
  },
  {
    name: 'NeuroloomLstmGrad',
    inputs: ['gates', 'recurrent', 'c', 'mask', 'cells', 'dHidden', 'dH', 'dC'],
    outputs: 3,
    attributes: recurrentAttributes,
  },
  {
    name: 'NeuroloomGru',
    inputs: ['input', 'recurrent', 'bias', 'h', 'mask'],
    outputs: 3,
    attributes: recurrentAttributes,
  },
  {
    name: 'NeuroloomGruGrad',
    inputs: ['gates', 'recurrent', 'h', 'mask', 'hidden', 'states', 'dHidden', 'dH'],
    outputs: 3,
    attributes: recurrentAttributes,
  },
  {
    name: 'NeuroloomRnn',
    inputs: ['input', 'recurrent', 'h', 'mask'],
    outputs: 2,
    attributes: recurrentAttributes,
  },
  {
    name: 'NeuroloomRnnGrad',
    inputs: ['outputs', 'recurrent', 'mask', 'dHidden', 'dH'],
    outputs: 2,
    attributes: recurrentAttributes,
  },
  // tfjs-node's own checks every index in JavaScript, which needs the values.
  {
    name: 'GatherV2',
    inputs: ['x', 'indices', 'axis'],
    outputs: 1,
    attributes: (inputs, attributes) => [
      { name: 'batch_dims', type: AttrType.int, value: Number(attributes.batchDims ?? 0) },
      { name: 'Tparams', type: AttrType.type, value: typeNumber(inputs.x) },
      { name: 'Tindices', type: AttrType.type, value: TfType.int32 },
      { name: 'Taxis', type: AttrType.type, value: TfType.int32 },
    ],
  },
];

/** `[1, h, w, 1]` out of one number or two. */
function window(size: unknown): number[] {
  const [height, width] = Array.isArray(size) ? size : [size, size];
  return [1, Number(height), Number(width), 1];
}

/** Which operation computes a product; of two transposed matrices the addon has none. */
function productOperation({ addon, transposeA, transposeB }: Attributes): string {
  if (addon !== true || (transposeA === true && transposeB === true)) return 'MatMul';
  if (transposeA === true) return 'NeuroloomProductOfTransposed';
  return transposeB === true ? 'NeuroloomProductWithTransposed' : 'NeuroloomProduct';
}

function convolution(_: Inputs, { down, across, top, left }: Attributes): TFEOpAttr[] {
  return Object.entries({ down, across, top, left }).map(([name, value]) => ({
    name,
    type: AttrType.int,
    value: Number(value),
  }));
}

function epsilonOnly(_: Inputs, { epsilon }: Attributes): TFEOpAttr[] {
  return [{ name: 'epsilon', type: AttrType.float, value: Number(epsilon) }];
}

function normAttributes(inputs: Inputs, attributes: Attributes): TFEOpAttr[] {
  return [
    { name: 'centred', type: AttrType.bool, value: attributes.centred === true },
    ...epsilonOnly(inputs, attributes),
  ];
}

function recurrentAttributes(_: Inputs, { reverse, masked, relu }: Attributes): TFEOpAttr[] {
  return Object.entries({ reverse, masked, relu }).map(([name, value]) => ({
    name,
    type: AttrType.bool,
    value: value === true,
  }));
}

function randomAttributes(): TFEOpAttr[] {
  return [
    { name: 'dtype', type: AttrType.type, value: TfType.float32 },
    { name: 'T', type: AttrType.type, value: TfType.int32 },
    { name: 'Tseed', type: AttrType.type, value: TfType.int32 },
  ];
}

function typeNumber(tensor: tf.TensorInfo | undefined): number {
  if (tensor?.dtype === 'int32') return TfType.int32;
  if (tensor?.dtype === 'bool') return TfType.bool;
  return TfType.float32;
}

export function registerNativeKernels(backendName: string): void {
  for (const kernel of kernels) {
    if (tf.getKernel(kernel.name, backendName)) tf.unregisterKernel(kernel.name, backendName);
    tf.registerKernel({
      kernelName: kernel.name,
      backendName,
      kernelFunc: ({ inputs, attrs, backend }) => {
        const given = withScalars(kernel, inputs as Inputs, attrs as Attributes);
        const ordered = kernel.inputs.map((name) => {
          const input = given[name];
          if (!input) throw new Error(`${kernel.name} needs the input ${name}`);
          return input;
        });
        const outputs = (backend as NodeJSKernelBackend).executeMultipleOutputs(
          typeof kernel.operation === 'function'
            ? kernel.operation(attrs as Attributes)
            : (kernel.operation ?? kernel.name),
          kernel.attributes(given, attrs as Attributes),
          ordered,
          kernel.outputs,
        );
        const [only] = outputs;
        return kernel.outputs === 1 && only ? only : outputs;
      },
    });
  }
}

/** What is an attribute in TensorFlow.js and an input in TensorFlow. */
function withScalars(kernel: NativeKernel, inputs: Inputs, attributes: Attributes): Inputs {
  const scalar = (value: unknown) => tf.scalar(Number(value ?? 0), 'int32');
  if (kernel.name === 'GatherV2') return { ...inputs, axis: scalar(attributes.axis) };
  if (kernel.name === 'UnsortedSegmentMax') return { ...inputs, count: scalar(attributes.count) };
  return inputs;
}

/** Calls a kernel that has one output. */
export function runNative(name: string, inputs: Record<string, tf.Tensor>, attributes = {}): tf.Tensor {
  return tf.engine().runKernel(name, inputs, attributes);
}

/** Calls a kernel that has several outputs. */
export function runNativeMany(name: string, inputs: Record<string, tf.Tensor>, attributes = {}): tf.Tensor[] {
  return tf.engine().runKernel(name, inputs, attributes);
}
