import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32 } from '../../types/shape.ts';
import { AXIS_HELP, axisOf, axisParam, resolveAxis } from '../axes.ts';
import { defineLayer, type InferResult } from '../defineNode.ts';
import { tensorPort } from '../ports.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';

/** Takes away an axis of size 1. */
export const squeeze = defineLayer({
  kind: 'squeeze',
  category: 'shape',
  icon: 'minimize',
  text: {
    title: 'Squeeze',
    description: 'Takes away an axis of size 1.',
    params: { axis: { label: 'Axis', help: AXIS_HELP } },
    ports: { x: 'tensor', y: 'tensor' },
    aliases: ['remove axis', 'drop dimension'],
  },
  params: z.object({ axis: axisParam() }),
  ports: { inputs: [tensorPort('x')], outputs: [tensorPort()] },
  infer({ inputs: { x }, params, nodeId }): InferResult {
    if (!x) return { outputs: {} };
    const axis = resolveAxis({ x, axis: params.axis, nodeId });
    if (typeof axis !== 'number') return axis;
    if (x.shape[axis] !== 1) {
      const one = x.shape.indexOf(1, 1);
      return {
        problem: {
          code: 'axis-not-one',
          port: 'x',
          param: 'axis',
          data: { axis: params.axis, size: String(x.shape[axis]), received: formatShape(x.shape) },
          ...(one > 0 && { fix: { kind: 'set-param', nodeId, param: 'axis', value: one } }),
        },
      };
    }
    return { outputs: { y: { type: 'tensor', dtype: x.dtype, shape: x.shape.toSpliced(axis, 1) } } };
  },
  forward({ ctx: { ops }, inputs, params }) {
    const x = required(inputs.x, 'squeeze: x');
    return { y: ops.reshape(x, x.shape.toSpliced(axisOf(x, params.axis), 1)) };
  },
  summary: ({ axis }) => [`axis ${axis}`],
  lesson: {
    summary:
      'Removes an axis that has only one place, so that shapes fit; no number changes. A network with one output unit gives B×1, a target often is just B.',
    references: [references.broadcasting],
  },
  sources: {
    pytorch: ({ params }) => ({ call: `{x}.squeeze(${params.axis})` }),
    keras: ({ params }) => ({ call: `ops.squeeze({x}, ${params.axis})` }),
  },
  examples: [
    {
      name: 'last axis',
      inputs: { x: float32([3, 4, 1]) },
      params: {},
      outputs: { y: [3, 4] },
      parameterCount: 0,
    },
    { name: 'a middle axis', inputs: { x: float32([2, 1, 5]) }, params: { axis: 1 }, outputs: { y: [2, 5] } },
  ],
});
