import * as tf from '@tensorflow/tfjs-core';
import { padConstant } from './arrays.ts';
import { maxPoolPick } from './maxPoolPick.ts';

/**
 * Gradients that TensorFlow.js 4.22 lacks or has wrong: those of its gradient kernels, without which
 * nothing can be differentiated twice, and a few that do not follow the shapes of their inputs.
 */
type Gradients = Readonly<Record<string, () => tf.Tensor>>;
interface Gradient {
  readonly kernel: string;
  /** Inputs that it is computed from, in order. */
  readonly save: readonly string[];
  of(dy: tf.Tensor, saved: readonly [tf.Tensor, tf.Tensor], attributes: Attributes): Gradients;
}
type Attributes = Readonly<Record<string, unknown>>;

const run = (kernel: string, inputs: Readonly<Record<string, tf.Tensor>>, attributes: Attributes = {}) =>
  tf.engine().runKernel(kernel, { ...inputs }, { ...attributes } as tf.NamedAttrMap) as tf.Tensor;
/** What comes back to a kernel of several outputs: a tensor, and no list, where it had one output alone. */
const parts = (dy: tf.Tensor | tf.Tensor[]): tf.Tensor[] => [dy].flat();
const none = (x: tf.Tensor) => () => tf.zerosLike(x);

const gradients: readonly Gradient[] = [
  {
    kernel: 'ReluGrad',
    save: ['y'],
    of: (ddx, [y]) => ({ dy: () => run('ReluGrad', { dy: ddx, y }), y: none(y) }),
  },
  {
    kernel: 'SigmoidGrad',
    save: ['y', 'dy'],
    of: (ddx, [y, dy]) => ({
      dy: () => run('SigmoidGrad', { y, dy: ddx }),
      y: () => tf.mul(tf.mul(ddx, dy), tf.sub(1, tf.mul(y, 2))),
    }),
  },
  {
    kernel: 'TanhGrad',
    save: ['y', 'dy'],
    of: (ddx, [y, dy]) => ({
      dy: () => run('TanhGrad', { y, dy: ddx }),
      y: () => tf.mul(tf.mul(ddx, dy), tf.mul(y, -2)),
    }),
  },
  {
    kernel: 'LeakyReluGrad',
    save: ['x'],
    of: (ddx, [x], { alpha }) => ({ dy: () => run('LeakyReluGrad', { dy: ddx, x }, { alpha }), x: none(x) }),
  },
  {
    kernel: 'SoftplusGrad',
    save: ['x', 'dy'],
    of: (ddx, [x, dy]) => ({
      dy: () => run('SoftplusGrad', { dy: ddx, x }),
      x: () => {
        const slope = tf.sigmoid(x);
        return tf.mul(tf.mul(ddx, dy), tf.mul(slope, tf.sub(1, slope)));
      },
    }),
  },
  {
    kernel: 'EluGrad',
    save: ['y', 'dy'],
    of: (ddx, [y, dy]) => ({
      dy: () => run('EluGrad', { dy: ddx, y }),
      y: () => tf.mul(tf.mul(ddx, dy), tf.cast(tf.less(y, 0), 'float32')),
    }),
  },
  {
    kernel: 'PlainMatMul',
    save: ['a', 'b'],
    of: (dy, [a, b], { transposeA = false, transposeB = false, addon = false }) => {
      const product = (left: tf.Tensor, right: tf.Tensor, first: boolean, second: boolean) => () =>
        run('PlainMatMul', { a: left, b: right }, { transposeA: first, transposeB: second, addon });
      return {
        a: transposeA ? product(b, dy, transposeB === true, true) : product(dy, b, false, !transposeB),
        b: transposeB ? product(dy, a, true, transposeA === true) : product(a, dy, !transposeA, false),
      };
    },
  },
  {
    kernel: 'NeuroloomAffine',
    save: ['a', 'b'],
    of: (dy, [a, b]) => ({
      a: () => run('PlainMatMul', { a: dy, b }, { transposeB: true, addon: true }),
      b: () => run('PlainMatMul', { a, b: dy }, { transposeA: true, addon: true }),
      bias: () => run('BiasAddGrad', { dy }, { addon: true }),
    }),
  },
  {
    // Linear in x, with the same places zeroed.
    kernel: 'NeuroloomDropout',
    save: ['seed'],
    of: (dy, [seed], { rate }) => ({
      x: () => run('NeuroloomDropout', { x: dy, seed }, { rate }),
      seed: none(seed),
    }),
  },
  {
    kernel: 'BiasAdd',
    save: [],
    of: (dy) => ({ x: () => tf.clone(dy), bias: () => run('BiasAddGrad', { dy }) }),
  },
  {
    kernel: 'BiasAddGrad',
    save: ['dy'],
    of: (ddx, [dy]) => ({ dy: () => run('BiasAdd', { x: tf.zerosLike(dy), bias: ddx }) }),
  },
  {
    kernel: 'Conv2DBackpropFilter',
    save: ['x', 'dy'],
    of: (ddx, [x, dy], attributes) => ({
      x: () => run('Conv2DBackpropInput', { dy, filter: ddx }, { ...attributes, inputShape: x.shape }),
      dy: () => run('Conv2D', { x, filter: ddx }, { ...attributes, dilations: 1 }),
    }),
  },
  ...convolutionGradients('Conv3D', 'Conv3DBackpropInputV2', 'Conv3DBackpropFilterV2', {
    dilations: [1, 1, 1],
  }),
  ...convolutionGradients(
    'DepthwiseConv2dNative',
    'DepthwiseConv2dNativeBackpropInput',
    'DepthwiseConv2dNativeBackpropFilter',
    { dataFormat: 'NHWC' },
  ),
  {
    kernel: 'MaxPoolGrad',
    save: ['input', 'output'],
    of: (ddx, [input, output], attributes) => ({
      dy: () => maxPoolPick(ddx, input, output, attributes),
      input: none(input),
      output: none(output),
    }),
  },
  {
    kernel: 'AvgPoolGrad',
    save: ['input'],
    of: (ddx, [input], attributes) => ({
      dy: () => run('AvgPool', { x: ddx }, attributes),
      input: none(input),
    }),
  },
  {
    kernel: 'Cumsum',
    save: [],
    of: (dy, _, { axis, exclusive, reverse }) => ({
      x: () => tf.cumsum(dy, Number(axis), exclusive === true, reverse !== true),
    }),
  },
  {
    kernel: 'Slice',
    save: ['x'],
    of: (dy, [x], attributes) => {
      const { begin, size } = attributes as unknown as { begin: number | number[]; size: number | number[] };
      const [first] = tf.slice_util.parseSliceParams(x, begin, size);
      return {
        x: () =>
          padConstant(
            dy,
            x.shape.map((all, axis) => {
              const start = first?.[axis] ?? 0;
              return [start, all - start - (dy.shape[axis] ?? 0)];
            }),
          ),
      };
    },
  },
  {
    kernel: 'Unpack',
    save: [],
    of: (dy, _, { axis }) => ({ value: () => tf.stack(parts(dy), Number(axis)) }),
  },
  {
    kernel: 'SplitV',
    save: [],
    of: (dy, _, { axis }) => ({ x: () => tf.concat(parts(dy), Number(axis)) }),
  },
  {
    kernel: 'Maximum',
    save: ['a', 'b'],
    of: (dy, [a, b]) => share(dy, a, b, tf.greaterEqual(a, b)),
  },
  {
    kernel: 'Minimum',
    save: ['a', 'b'],
    of: (dy, [a, b]) => share(dy, a, b, tf.lessEqual(a, b)),
  },
  {
    kernel: 'UnsortedSegmentSum',
    save: ['segmentIds'],
    of: (dy, [segmentIds]) => ({ x: () => tf.gather(dy, segmentIds as tf.Tensor1D) }),
  },
];

/** Of a convolution's two gradient kernels: both are bilinear, and each other's and the convolution's. */
function convolutionGradients(
  forward: string,
  backpropInput: string,
  backpropFilter: string,
  added: Attributes,
): Gradient[] {
  return [
    {
      kernel: backpropInput,
      save: ['dy', 'filter'],
      of: (ddx, [dy, filter], attributes) => ({
        dy: () => run(forward, { x: ddx, filter }, { ...attributes, ...added }),
        filter: () => run(backpropFilter, { x: ddx, dy }, { ...attributes, filterShape: filter.shape }),
      }),
    },
    {
      kernel: backpropFilter,
      save: ['x', 'dy'],
      of: (ddx, [x, dy], attributes) => ({
        x: () => run(backpropInput, { dy, filter: ddx }, { ...attributes, inputShape: x.shape }),
        dy: () => run(forward, { x, filter: ddx }, { ...attributes, ...added }),
      }),
    },
  ];
}

/** dy to a where it was taken, else to b, each in its own shape. */
function share(dy: tf.Tensor, a: tf.Tensor, b: tf.Tensor, taken: tf.Tensor): Gradients {
  return {
    a: () => sumTo(tf.mul(dy, tf.cast(taken, 'float32')), a.shape),
    b: () => sumTo(tf.mul(dy, tf.cast(tf.logicalNot(taken), 'float32')), b.shape),
  };
}

/** Undoes broadcasting: sums over the axes that `shape` lacks or has only once. */
export function sumTo(x: tf.Tensor, shape: readonly number[]): tf.Tensor {
  const axes = tf.backend_util.getReductionAxes([...shape], x.shape);
  return tf.reshape(axes.length > 0 ? tf.sum(x, axes) : x, [...shape]);
}

let registered = false;

/** Puts them into TensorFlow.js' registry, for all backends; once. */
export function registerGradients(): void {
  if (registered) return;
  registered = true;
  for (const { kernel, save, of } of gradients) {
    tf.registerGradient({
      kernelName: kernel,
      inputsToSave: [...save],
      gradFunc: (dy, saved, attributes) =>
        of(dy as tf.Tensor, saved as unknown as [tf.Tensor, tf.Tensor], attributes as unknown as Attributes),
    });
  }
}
