import type { ActivationName } from './activations.ts';
import type { NodeSource } from './defineNode.ts';

type Literal = number | boolean | string | readonly Literal[];

/** A value as Python writes it; a list becomes a tuple. */
export function python(value: Literal): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  const items = value.map(python).join(', ');
  return value.length === 1 ? `(${items},)` : `(${items})`;
}

/** A Python list. */
export const pythonList = (values: readonly Literal[]): string => `[${values.map(python).join(', ')}]`;

/** A function's call with the channels moved to PyTorch's place and back. */
export const channelsFirst = (call: (x: string) => string, x = '{x}'): string =>
  `${call(`${x}.movedim(-1, 1)`)}.movedim(1, -1)`;

const torchActivations: Readonly<Record<ActivationName, (x: string, slope: number) => string>> = {
  linear: (x) => x,
  relu: (x) => `F.relu(${x})`,
  'leaky-relu': (x, slope) => `F.leaky_relu(${x}, ${slope})`,
  elu: (x) => `F.elu(${x})`,
  selu: (x) => `F.selu(${x})`,
  gelu: (x) => `F.gelu(${x})`,
  silu: (x) => `F.silu(${x})`,
  mish: (x) => `F.mish(${x})`,
  softplus: (x) => `F.softplus(${x})`,
  sigmoid: (x) => `torch.sigmoid(${x})`,
  'hard-sigmoid': (x) => `F.hardsigmoid(${x})`,
  tanh: (x) => `torch.tanh(${x})`,
  softmax: (x) => `F.softmax(${x}, dim=-1)`,
  'log-softmax': (x) => `F.log_softmax(${x}, dim=-1)`,
};

const kerasActivations: Readonly<Record<ActivationName, (x: string, slope: number) => string>> = {
  linear: (x) => x,
  relu: (x) => `ops.relu(${x})`,
  'leaky-relu': (x, slope) => `ops.leaky_relu(${x}, ${slope})`,
  elu: (x) => `ops.elu(${x})`,
  selu: (x) => `ops.selu(${x})`,
  gelu: (x) => `ops.gelu(${x}, approximate=False)`,
  silu: (x) => `ops.silu(${x})`,
  mish: (x) => `${x} * ops.tanh(ops.softplus(${x}))`,
  softplus: (x) => `ops.softplus(${x})`,
  sigmoid: (x) => `ops.sigmoid(${x})`,
  'hard-sigmoid': (x) => `ops.hard_sigmoid(${x})`,
  tanh: (x) => `ops.tanh(${x})`,
  softmax: (x) => `ops.softmax(${x}, axis=-1)`,
  'log-softmax': (x) => `ops.log_softmax(${x}, axis=-1)`,
};

/** An activation of `shared/nodes/activations.ts` around a PyTorch expression. */
export const torchActivation = (name: ActivationName, x: string, slope = 0.01): string =>
  torchActivations[name](x, slope);

/** The same for Keras, whose own names have other slopes and a GELU by the hyperbolic tangent. */
export const kerasActivation = (name: ActivationName, x: string, slope = 0.01): string =>
  name === 'mish'
    ? `(lambda t: ${kerasActivations.mish('t', slope)})(${x})`
    : kerasActivations[name](x, slope);

/** A module that holds weights under our own names; matrices start as Glorot and Bengio 2010, vectors at zero. */
export function torchParameters(
  shapes: Readonly<Record<string, readonly (number | undefined)[]>>,
): Required<Pick<NodeSource, 'module' | 'weights'>> {
  const entries = Object.entries(shapes).map(([name, shape]) => {
    const sizes = shape.map(String).join(', ');
    const start =
      shape.length > 1 ? `nn.init.xavier_uniform_(torch.empty(${sizes}))` : `torch.zeros(${sizes})`;
    return `"${name}": ${start}`;
  });
  return {
    module: `nn.ParameterDict({${entries.join(', ')}})`,
    weights: Object.fromEntries(Object.keys(shapes).map((name) => [name, { name }])),
  };
}
