import { z } from 'zod';
import { float32, int32 } from '../../types/shape.ts';
import { AXIS_HELP, axisOf, axisParam, resolveAxis } from '../axes.ts';
import { numbersOf } from '../broadcast.ts';
import { defineLayer, type InferResult } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';

/** int32 place of the largest number along an axis, which goes; of equal ones the first. */
export const argMax = defineLayer({
  kind: 'arg-max',
  category: 'operation',
  icon: 'trophy',
  text: {
    title: 'Arg-max',
    description: 'Says where the largest number is.',
    params: { axis: { label: 'Axis', help: AXIS_HELP } },
    ports: { x: 'tensor', y: 'places' },
    aliases: ['largest', 'winner', 'class', 'decision'],
  },
  params: z.object({ axis: axisParam() }),
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer({ inputs: { x }, params, nodeId }): InferResult {
    if (!x) return { outputs: {} };
    const axis = resolveAxis({ x, axis: params.axis, nodeId });
    return typeof axis === 'number' ? { outputs: { y: int32(x.shape.toSpliced(axis, 1)) } } : axis;
  },
  flops: ({ inputs: { x } }) => numbersOf(x),
  forward({ ctx: { ops }, inputs, params }) {
    const x = required(inputs.x, 'arg-max: x');
    return { y: ops.argMax(x, axisOf(x, params.axis)) };
  },
  summary: ({ axis }) => [`axis ${axis}`],
  lesson: {
    summary:
      'Turns scores into a decision: the number of the class with the highest score. A decision has no slope, so nothing before it learns through it; train on the scores and decide only at the end.',
    formula: 'y = argmaxₖ xₖ',
    references: [references.deepLearningBook],
  },
  sources: {
    pytorch: ({ params }) => ({ call: `torch.argmax({x}, dim=${params.axis})` }),
    keras: ({ params }) => ({ call: `ops.argmax({x}, axis=${params.axis})` }),
  },
  examples: [
    {
      name: 'class of each sample',
      inputs: { x: float32([4, 7]) },
      params: {},
      outputs: { y: [4] },
      parameterCount: 0,
    },
    {
      name: 'strongest step',
      inputs: { x: float32([2, 5, 3]) },
      params: { axis: 1 },
      outputs: { y: [2, 3] },
    },
  ],
});
