import type { Tensor } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32, sampleSize } from '../../types/shape.ts';
import { defineLayer } from '../defineNode.ts';
import type { Ops } from '../ops.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { required } from '../required.ts';
import { countUp } from '../rotary.ts';

/**
 * Turns, scales and shifts each image `[B, H, W, C]` by amounts drawn for it, uniform within the
 * limits (the scale so in its logarithm); between pixels it is interpolated linearly, beyond the edge it is
 * zero. torchvision.transforms.RandomAffine, with the shift in pixels.
 */
export const randomAffine = defineLayer({
  kind: 'random-affine',
  category: 'generative',
  icon: 'move-up-right',
  text: {
    title: 'Random affine',
    description: 'Turns, scales and shifts each image a little, by chance.',
    params: {
      degrees: { label: 'Turn', help: 'Up to so many degrees either way.' },
      scale: { label: 'Scale', help: 'Up to so many times larger or smaller.' },
      shift: { label: 'Shift', help: 'Up to so many pixels along each axis.' },
      evaluation: {
        label: 'In evaluation',
        help: 'Augmented data is for training; views to be compared are needed in both.',
        options: { off: 'As it is', on: 'Changed too' },
      },
    },
    ports: { x: 'image', y: 'changed image' },
    aliases: ['augmentation', 'rotate', 'shift', 'zoom', 'crop', 'simclr', 'view', 'overfitting'],
  },
  params: z.object({
    degrees: z.number().min(0).max(180).default(10).meta({ unit: '°' }),
    scale: z.number().min(1).max(4).default(1.1).meta({ step: 0.05 }),
    shift: z.number().min(0).max(64).default(2).meta({ unit: 'pixels' }),
    evaluation: z.enum(['off', 'on']).default('off'),
  }),
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer({ inputs: { x } }) {
    if (!x) return { outputs: {} };
    if (x.shape.length === 4 && x.shape.slice(1).every((dim) => typeof dim === 'number')) {
      return { outputs: { y: x } };
    }
    return {
      problem: {
        code: 'shapes-differ',
        port: 'x',
        data: { expected: 'B×H×W×C', received: formatShape(x.shape) },
      },
    };
  },
  flops: ({ inputs: { x } }) => 12 * ((x && sampleSize(x.shape)) ?? 0),
  forward({ ctx: { ops, training, random }, inputs, params }) {
    const x = required(inputs.x, 'random-affine: x');
    if (!training && params.evaluation === 'off') return { y: x };
    const [batch = 1] = x.shape;
    const within = (limit: number): Tensor =>
      ops.mul(ops.sub(random.uniform([batch, 1]), ops.scalar(0.5)), ops.scalar(2 * limit));
    const angle = within((params.degrees * Math.PI) / 180);
    const zoom = ops.exp(within(Math.log(params.scale)));
    const places = sourcePlaces(ops, x.shape, {
      cos: ops.div(ops.cos(angle), zoom),
      sin: ops.div(ops.sin(angle), zoom),
      down: within(params.shift),
      right: within(params.shift),
    });
    return { y: sampleBilinear(ops, x, places) };
  },
  summary: ({ degrees, scale, shift }) => [`±${degrees}° · ×${scale}`, `±${shift} pixels`],
  lesson: {
    summary:
      'A digit that is turned by a few degrees is the same digit: each epoch then shows new images, and the network cannot learn them by heart. Contrastive learning takes two such views of one image for partners. Change no more than leaves the answer right: a 6 turned over is a 9.',
    formula: 'y(p) = x(R(−α)·(p − c)/s + c + t)',
    references: [
      {
        title: 'Simard, Steinkraus and Platt 2003: Best practices for convolutional neural networks',
        url: 'https://doi.org/10.1109/ICDAR.2003.1227801',
      },
      {
        title: 'Chen et al. 2020: A simple framework for contrastive learning (SimCLR)',
        url: 'https://arxiv.org/abs/2002.05709',
      },
    ],
  },
  sources: {
    pytorch({ params: { degrees, scale, shift, evaluation } }) {
      const within = (limit: number) => `(torch.rand(len({x}), device={x}.device) - 0.5) * ${2 * limit}`;
      // Rows and columns of the source place by place of the result, in the units of `affine_grid`.
      const matrix =
        'torch.stack([a.cos() / z, a.sin() / z * h / w, 2 * r / w, -a.sin() / z * w / h, a.cos() / z, 2 * d / h], -1).unflatten(-1, (2, 3))';
      const changed = `(lambda a, z, r, d, h, w: F.grid_sample({x}.movedim(-1, 1), F.affine_grid(${matrix}, {x}.movedim(-1, 1).shape, align_corners=False), align_corners=False).movedim(1, -1))(${within((degrees * Math.PI) / 180)}, (${within(Math.log(scale))}).exp(), ${within(shift)}, ${within(shift)}, *{x}.shape[1:3])`;
      if (evaluation === 'on') return { call: changed };
      return { module: 'nn.Identity()', call: `(${changed} if {self}.training else {x})` };
    },
  },
  examples: [
    {
      name: 'images',
      inputs: { x: float32([3, 5, 4, 2]) },
      params: { degrees: 20, shift: 1, evaluation: 'on' },
      outputs: { y: [3, 5, 4, 2] },
      parameterCount: 0,
    },
    {
      name: 'left as they are in evaluation',
      inputs: { x: float32([2, 4, 4, 1]) },
      params: { degrees: 0, scale: 1.5, shift: 0 },
      outputs: { y: [2, 4, 4, 1] },
    },
  ],
});

interface Places {
  /** Rows and columns `[B, H·W]` that each pixel of the result is taken from. */
  readonly row: Tensor;
  readonly column: Tensor;
}

function sourcePlaces(
  ops: Ops,
  [, height = 1, width = 1]: readonly number[],
  { cos, sin, down, right }: { cos: Tensor; sin: Tensor; down: Tensor; right: Tensor },
): Places {
  const place = ops.reshape(countUp(ops, height * width), [1, -1]);
  // Half a place keeps the quotient away from where rounding would decide.
  const row = ops.floor(ops.div(ops.add(place, ops.scalar(0.5)), ops.scalar(width)));
  const column = ops.sub(place, ops.mul(row, ops.scalar(width)));
  const middle = { row: ops.scalar((height - 1) / 2), column: ops.scalar((width - 1) / 2) };
  const y = ops.sub(row, middle.row);
  const x = ops.sub(column, middle.column);
  const turnedY = ops.sub(ops.mul(cos, y), ops.mul(sin, x));
  const turnedX = ops.add(ops.mul(sin, y), ops.mul(cos, x));
  return {
    row: ops.add(ops.add(turnedY, down), middle.row),
    column: ops.add(ops.add(turnedX, right), middle.column),
  };
}

/** The four pixels around each place, weighted by nearness; those outside the image are zero. */
function sampleBilinear(ops: Ops, x: Tensor, { row, column }: Places): Tensor {
  const [batch = 1, height = 1, width = 1, channels = 1] = x.shape;
  const pixels = ops.reshape(x, [batch * height * width, channels]);
  const firstPixel = ops.reshape(ops.mul(countUp(ops, batch), ops.scalar(height * width)), [batch, 1]);
  const top = ops.floor(row);
  const left = ops.floor(column);
  const below = ops.sub(row, top);
  const beside = ops.sub(column, left);
  const one = ops.scalar(1);
  const corner = (rows: number, columns: number): Tensor => {
    const r = ops.add(top, ops.scalar(rows));
    const c = ops.add(left, ops.scalar(columns));
    const inRow = ops.clip(r, 0, height - 1);
    const inColumn = ops.clip(c, 0, width - 1);
    const inside = ops.cast(ops.logicalAnd(ops.equal(r, inRow), ops.equal(c, inColumn)), 'float32');
    const index = ops.add(firstPixel, ops.add(ops.mul(inRow, ops.scalar(width)), inColumn));
    const share = ops.mul(
      ops.mul(rows === 0 ? ops.sub(one, below) : below, columns === 0 ? ops.sub(one, beside) : beside),
      inside,
    );
    const values = ops.gather(pixels, ops.cast(index, 'int32'), 0);
    return ops.mul(values, ops.reshape(share, [batch, height * width, 1]));
  };
  const sum = ops.add(ops.add(corner(0, 0), corner(0, 1)), ops.add(corner(1, 0), corner(1, 1)));
  return ops.reshape(sum, x.shape);
}
