import type { InferArgs, NodeSource } from './defineNode.ts';
import { cellsOf, directionsOf, type RecurrentParams, weightName } from './recurrentStack.ts';

type Weights = NonNullable<NodeSource['weights']>;
type Args = InferArgs<RecurrentParams>;

/** How a recurrent layer is called in other frameworks. */
export interface RecurrentSource {
  /** States by port. */
  readonly states: readonly ('h' | 'c')[];
  /** A bias of the recurrent product beside that of the input. */
  readonly recurrentBias?: boolean;
  /** Name of PyTorch's module. */
  readonly torch: string;
  readonly keras: {
    /** Name of Keras' layer. */
    readonly layer: string;
    /** Where our weights are in its cell. */
    weights(units: number): Weights;
  };
}

export function torchRecurrent(
  { torch, states, recurrentBias }: RecurrentSource,
  { inputs, params }: Args,
): NodeSource {
  const features = Number(inputs.x?.shape[2]);
  const { units, layers, bidirectional, dropout } = params;
  const options = [
    'batch_first=True',
    ...(layers > 1 ? [`num_layers=${layers}`] : []),
    ...(bidirectional ? ['bidirectional=True'] : []),
    ...(layers > 1 && dropout > 0 ? [`dropout=${dropout}`] : []),
  ];
  const weights: Record<string, Weights[string]> = {};
  const zeros: string[] = [];
  for (const { layer, reverse } of cellsOf(params, features)) {
    const suffix = `_l${layer}${reverse ? '_reverse' : ''}`;
    weights[weightName('kernel', layer, reverse)] = { name: `weight_ih${suffix}`, value: '{w}.T' };
    weights[weightName('recurrent', layer, reverse)] = { name: `weight_hh${suffix}`, value: '{w}.T' };
    weights[weightName('bias', layer, reverse)] = { name: `bias_ih${suffix}` };
    if (recurrentBias) weights[weightName('recurrentBias', layer, reverse)] = { name: `bias_hh${suffix}` };
    else zeros.push(`bias_hh${suffix}`);
  }
  const count = layers * (bidirectional ? 2 : 1);
  const given = states.map((state) => inputs[`${state}0`] && torchState(`${state}0`, count, units));
  const zero = `{x}.new_zeros(${count}, len({x}), ${units})`;
  const pair = states.length > 1;
  const first = given.map((state) => state ?? zero).join(', ');
  const initial = pair ? `(${first})` : first;
  const together = (state: string) => `${state}.transpose(0, 1).flatten(1)`;
  const finals = states.map((_, place) => together(pair ? `s[${place}]` : 's'));
  const last = together(`${pair ? 's[0]' : 's'}[${bidirectional ? '-2:' : '-1:'}]`);
  const answer = (y: string) => `(${[params.returns === 'last' ? last : y, ...finals].join(', ')})`;
  const module = `nn.${torch}(${features}, ${units}, ${options.join(', ')})`;
  const source = { module, weights, ...(zeros.length > 0 && { zeros }) };
  if (!inputs.mask) {
    const start = given.some((state) => state !== undefined) ? `, ${initial}` : '';
    return { ...source, call: `(lambda y, s: ${answer('y')})(*{self}({x}${start}))` };
  }
  // The steps that are there are brought to the front and packed, and what comes out is put back in its place. A
  // sequence without any has its first step packed, since PyTorch takes no empty ones, and keeps its states.
  const packed =
    'nn.utils.rnn.pack_padded_sequence({x}.take_along_dim(order[:, :, None], 1), m.sum(1).clamp(min=1).cpu(), batch_first=True, enforce_sorted=False)';
  const unpacked =
    'nn.utils.rnn.pad_packed_sequence(y, batch_first=True, total_length={x}.shape[1])[0].take_along_dim(order.argsort(1)[:, :, None], 1) * m[:, :, None]';
  const kept = (state: string, before: string) => `torch.where(m.any(1)[:, None], ${state}, ${before})`;
  const ends = pair
    ? `(${states.map((_, place) => kept(`s[${place}]`, `s0[${place}]`)).join(', ')})`
    : kept('s', 's0');
  const run = `(lambda y, s: (lambda s: ${answer(unpacked)})(${ends}))(*{self}(${packed}, s0))`;
  const order = 'm.int().argsort(dim=1, descending=True, stable=True)';
  return {
    ...source,
    call: `(lambda m, s0: (lambda order: ${run})(${order}))({mask} >= 0.5, ${initial})`,
  };
}

/** Our states, side by side, as PyTorch's, one above the other. */
const torchState = (port: string, count: number, units: number): string =>
  `{${port}}.unflatten(1, (${count}, ${units})).transpose(0, 1).contiguous()`;

export function kerasRecurrent({ keras, states }: RecurrentSource, { inputs, params }: Args): NodeSource {
  const { units, layers, returns, dropout, recurrentDropout } = params;
  const directions = directionsOf(params);
  const [many, stacked] = [directions.length > 1, layers > 1];
  const sequences = (layer: number): boolean => returns === 'sequence' || layer < layers - 1;
  const layerOf = (layer: number): string => {
    const options = [
      String(units),
      ...(sequences(layer) ? ['return_sequences=True'] : []),
      'return_state=True',
      // Keras repeats the last output where a step is missing, unless told otherwise.
      ...(inputs.mask && sequences(layer) ? ['zero_output_for_mask=True'] : []),
      ...(recurrentDropout > 0 ? [`recurrent_dropout=${recurrentDropout}`] : []),
    ];
    const one = `keras.layers.${keras.layer}(${options.join(', ')})`;
    return many ? `keras.layers.Bidirectional(${one})` : one;
  };
  const weights: Record<string, Weights[string]> = {};
  for (const { layer, reverse } of cellsOf(params, 1)) {
    const way = `${stacked ? `${layer}.` : ''}${many ? (reverse ? 'backward_layer.' : 'forward_layer.') : ''}`;
    for (const [weight, { name, value }] of Object.entries(keras.weights(units))) {
      weights[weightName(weight, layer, reverse)] = { name: `${way}cell.${name}`, ...(value && { value }) };
    }
  }
  const names = states.map((state) => `${state}0`);
  const given = names.find((name) => inputs[name]);
  const first = names.map((name) => (inputs[name] ? `{${name}}` : `ops.zeros_like({${given}})`)).join(', ');
  // Of states side by side, those of layer i; a layer in both directions takes forward before backward.
  const cut = (from: string) =>
    `[s[:, j * ${units}:(j + 1) * ${units}] for j in ${from} for s in (${first},)]`;
  const places = stacked
    ? `range(i * ${directions.length}, (i + 1) * ${directions.length})`
    : `range(${directions.length})`;
  const options = [
    ...(inputs.mask ? ['mask={mask} >= 0.5'] : []),
    ...(given ? [`initial_state=${stacked || many ? cut(places) : `[${first}]`}`] : []),
  ];
  const calling = (x: string) => [x, ...options].join(', ');
  const drops = stacked && dropout > 0;
  const modules = [
    ...Array.from({ length: layers }, (_, layer) => layerOf(layer)),
    ...(drops ? [`keras.layers.Dropout(${dropout})`] : []),
  ];
  const module = modules.length > 1 ? `[${modules.join(', ')}]` : (modules[0] ?? '');
  if (!stacked && !many && !(inputs.mask && returns === 'last')) {
    return { module, call: `{self}(${calling('{x}')})`, weights };
  }
  // `all` holds for each layer its output and its states, `h, c` of one direction and then of the other.
  const ends = (results: string, place: number) => `${results}[${place + 1}::${states.length}]`;
  const joined = (parts: string) => `ops.concatenate(${parts}, -1)`;
  const y = returns === 'sequence' ? 'all[-1][0]' : joined(ends('all[-1]', 0));
  const finals = states.map((_, place) => joined(`[s for r in all for s in ${ends('r', place)}]`));
  const answer = `lambda all: (${[y, ...finals].join(', ')})`;
  if (!stacked) return { module, call: `(${answer})([{self}(${calling('{x}')})])`, weights };
  const layersOf = drops ? '{self}[:-1]' : '{self}';
  const read = drops ? '{self}[-1](r[0]) if i else r[0]' : 'r[0]';
  const all = `[(r := layer(${calling(read)})) for i, layer in enumerate(${layersOf})]`;
  return { module, call: `(${answer})((lambda r: ${all})(({x},)))`, weights };
}
