import { z } from 'zod';
import { formatShape, type Shape } from '../../types/portType.ts';
import { sampleSize } from '../../types/shape.ts';
import { defineLayer, type InferResult } from '../defineNode.ts';
import { tensorPort } from '../ports.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';
import { python } from '../sources.ts';

/** The sizes of one sample with −1 filled in, or undefined where the numbers do not fit. */
function fill(shape: readonly number[], count: number): number[] | undefined {
  const known = shape.reduce((product, dim) => (dim === -1 ? product : product * dim), 1);
  const filled = shape.map((dim) => (dim === -1 ? count / known : dim));
  const fits = filled.every(Number.isInteger) && filled.reduce((product, dim) => product * dim, 1) === count;
  return fits && shape.filter((dim) => dim === -1).length <= 1 ? filled : undefined;
}

/** Reads the numbers of each sample, row-major, as another shape: `[B, …]` → `[B, …shape]`. */
export const reshape = defineLayer({
  kind: 'reshape',
  category: 'shape',
  icon: 'ruler-dimension-line',
  text: {
    title: 'Reshape',
    description: 'Reads each sample’s numbers as another shape.',
    params: {
      shape: {
        label: 'Shape',
        help: 'Of one sample, without the batch; one size may be −1: all that is left.',
      },
    },
    ports: { x: 'tensor', y: 'tensor' },
    aliases: ['view', 'unflatten', 'resize'],
  },
  params: z.object({
    shape: z
      .array(
        z
          .int()
          .min(-1)
          .max(2 ** 31 - 1),
      )
      .max(7)
      .default([-1]),
  }),
  ports: { inputs: [tensorPort('x')], outputs: [tensorPort()] },
  infer({ inputs: { x }, params, nodeId }): InferResult {
    if (!x) return { outputs: {} };
    const count = sampleSize(x.shape);
    const batch = x.shape[0];
    if (batch === undefined || count === undefined) {
      return {
        problem: {
          code: 'needs-known-size',
          port: 'x',
          data: { expected: 'B×numbers', received: formatShape(x.shape) },
        },
      };
    }
    const filled = fill(params.shape, count);
    if (!filled) {
      return {
        problem: {
          code: 'reshape-count',
          port: 'x',
          param: 'shape',
          data: { count, expected: formatShape(params.shape), received: formatShape(x.shape) },
          fix: { kind: 'set-param', nodeId, param: 'shape', value: [-1] },
        },
      };
    }
    const shape: Shape = [batch, ...filled];
    return { outputs: { y: { type: 'tensor', dtype: x.dtype, shape } } };
  },
  forward({ ctx: { ops }, inputs, params }) {
    const x = required(inputs.x, 'reshape: x');
    const [batch = 1, ...sample] = x.shape;
    const count = sample.reduce((product, dim) => product * dim, 1);
    return { y: ops.reshape(x, [batch, ...required(fill(params.shape, count), 'reshape: shape')]) };
  },
  summary: ({ shape }) => [`B×${formatShape(shape.map((dim) => (dim === -1 ? '*' : dim)))}`],
  lesson: {
    summary:
      'Keeps the numbers and their order and only changes how they are cut into axes; the last axis runs fastest. Cutting an image into patches or features into heads is a reshape; swapping axes is not: that is Permute.',
    references: [references.deepLearningBook],
  },
  sources: {
    pytorch: ({ params: { shape } }) => ({ call: `{x}.reshape({x}.shape[0], *${python(shape)})` }),
    keras: ({ params: { shape } }) => ({ call: `ops.reshape({x}, (ops.shape({x})[0], *${python(shape)}))` }),
  },
  examples: [
    {
      name: 'features as an image',
      inputs: { x: { type: 'tensor', dtype: 'float32', shape: [2, 12] } },
      params: { shape: [2, 3, 2] },
      outputs: { y: [2, 2, 3, 2] },
      parameterCount: 0,
    },
    {
      name: 'the rest is worked out',
      inputs: { x: { type: 'tensor', dtype: 'float32', shape: [3, 4, 5] } },
      params: { shape: [2, -1] },
      outputs: { y: [3, 2, 10] },
    },
    {
      name: 'one number a sample',
      inputs: { x: { type: 'tensor', dtype: 'int32', shape: [4, 1] } },
      params: { shape: [] },
      outputs: { y: [4] },
    },
  ],
});
