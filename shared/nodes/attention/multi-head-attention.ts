import type { Tensor } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { formatShape, type TensorType } from '../../types/portType.ts';
import { dimProduct, float32, sameShape } from '../../types/shape.ts';
import { kerasAttention, torchAttention } from '../attentionSources.ts';
import { defineLayer, type InferArgs, type NodeProblem, type WeightSpec } from '../defineNode.ts';
import { hiddenScores } from '../paddingMask.ts';
import { distanceBias, rotate } from '../rotary.ts';

const paramsSchema = z.object({
  heads: z.int().min(1).max(256).default(4),
  headSize: z.int().min(0).max(4096).default(0),
  causal: z.boolean().default(false),
  positions: z.enum(['none', 'rotary', 'alibi']).default('none'),
  bias: z.boolean().default(true),
  dropout: z.number().min(0).max(0.95).default(0).meta({ step: 0.05 }),
});
type Args = InferArgs<z.infer<typeof paramsSchema>>;

const isSequence = (type: TensorType): boolean =>
  type.shape.length === 3 && typeof type.shape[2] === 'number';

/** Width of a head; 0 in the parameters divides the query's width by the heads. */
const headSizeOf = (width: number, { heads, headSize }: z.infer<typeof paramsSchema>): number =>
  headSize > 0 ? headSize : width / heads;

/** What the ports hold when key and value are left open: a sequence that looks at itself. */
const resolve = ({ query, key = query, value = key }: Args['inputs']) => ({ query, key, value });

function findProblem({ inputs, params, nodeId }: Args): NodeProblem | undefined {
  const types = resolve(inputs);
  for (const [port, type] of Object.entries(types)) {
    if (!type || isSequence(type)) continue;
    return {
      code: 'needs-sequence-input',
      port,
      data: { expected: 'B×T×F', received: formatShape(type.shape) },
    };
  }
  const { query, key, value } = types;
  if (!query || !key || !value) return undefined;
  const width = Number(query.shape[2]);
  const differ = (port: string, expected: TensorType['shape'], type: TensorType): NodeProblem => ({
    code: 'shapes-differ',
    port,
    data: { expected: formatShape(expected), received: formatShape(type.shape) },
  });
  if (key.shape[0] !== query.shape[0])
    return differ('key', [query.shape[0] ?? 'B', key.shape[1] ?? 'T', key.shape[2] ?? 'F'], key);
  if (value.shape[0] !== key.shape[0] || value.shape[1] !== key.shape[1])
    return differ('value', [...key.shape.slice(0, 2), value.shape[2] ?? 'F'], value);
  if (inputs.mask && !sameShape(inputs.mask.shape, key.shape.slice(0, 2)))
    return differ('mask', key.shape.slice(0, 2), inputs.mask);
  const size = headSizeOf(width, params);
  if (!Number.isInteger(size)) {
    return {
      code: 'width-does-not-divide',
      port: 'query',
      param: 'heads',
      data: { received: formatShape(query.shape), parts: params.heads, width },
      fix: { kind: 'set-param', nodeId, param: 'heads', value: largestDivisor(width, params.heads) },
    };
  }
  if (params.positions === 'rotary' && size % 2 !== 0) {
    return {
      code: 'width-does-not-divide',
      port: 'query',
      param: 'headSize',
      data: { received: `${size}`, parts: 2, width: size },
      fix: { kind: 'set-param', nodeId, param: 'headSize', value: size + 1 },
    };
  }
  return undefined;
}

function largestDivisor(width: number, atMost: number): number {
  for (let parts = Math.min(atMost, width); parts > 1; parts -= 1) if (width % parts === 0) return parts;
  return 1;
}

/**
 * Scaled dot-product attention in several heads (Vaswani et al. 2017): query `[B, Tq, E]`, key
 * `[B, Tk, Ek]`, value `[B, Tk, Ev]`, mask `[B, Tk]` (1 may be looked at) → y `[B, Tq, E]` and the
 * weights `[B, heads, Tq, Tk]`. Without key and value it is self-attention.
 */
export const multiHeadAttention = defineLayer({
  kind: 'multi-head-attention',
  category: 'attention',
  icon: 'scan-eye',
  text: {
    title: 'Attention',
    description: 'Each position gathers from the others what its query asks for.',
    params: {
      heads: { label: 'Heads', help: 'How many questions are asked side by side.' },
      headSize: { label: 'Head size', help: 'Width of each head; 0 divides the input’s width by the heads.' },
      causal: {
        label: 'Causal',
        help: 'A position sees itself and those before it, for models that predict what comes next.',
      },
      positions: {
        label: 'Positions',
        help: 'How attention knows distances; needs no position embedding before it.',
        options: { none: 'Not here', rotary: 'Rotary', alibi: 'ALiBi' },
      },
      bias: { label: 'Bias' },
      dropout: { label: 'Dropout', help: 'Share of the attention weights that is zeroed while training.' },
    },
    ports: { query: 'query', key: 'key', value: 'value', mask: 'mask', y: 'output', weights: 'weights' },
    aliases: [
      'self-attention',
      'cross-attention',
      'transformer',
      'mha',
      'multi-head',
      'rope',
      'rotary',
      'alibi',
      'causal',
    ],
  },
  params: paramsSchema,
  ports: {
    inputs: [
      { id: 'query', type: 'tensor', dtypes: ['float32'] },
      { id: 'key', type: 'tensor', dtypes: ['float32'], optional: true },
      { id: 'value', type: 'tensor', dtypes: ['float32'], optional: true },
      { id: 'mask', type: 'tensor', dtypes: ['float32'], optional: true },
    ],
    outputs: [
      { id: 'y', type: 'tensor' },
      { id: 'weights', type: 'tensor' },
    ],
  },
  infer(args) {
    const problem = findProblem(args);
    const { query, key } = resolve(args.inputs);
    if (!query || !key) return { outputs: {} };
    if (problem) return { problem, ...(isSequence(query) && { outputs: { y: float32(query.shape) } }) };
    const [batch = 'B', queries = 'T'] = query.shape;
    return {
      outputs: {
        y: float32(query.shape),
        weights: float32([batch, args.params.heads, queries, key.shape[1] ?? 'T']),
      },
    };
  },
  weights({ inputs, params }) {
    const { query, key, value } = resolve(inputs);
    const width = query?.shape[2];
    if (typeof width !== 'number') return {};
    const inner = params.heads * headSizeOf(width, params);
    const specs: Record<string, WeightSpec> = {};
    const project = (name: string, from: number, to: number) => {
      specs[`${name}Kernel`] = {
        shape: [from, to],
        init: { kind: 'glorot-uniform', fanIn: from, fanOut: to },
        trainable: true,
      };
      if (params.bias) specs[`${name}Bias`] = { shape: [to], init: { kind: 'zeros' }, trainable: true };
    };
    project('query', width, inner);
    project('key', Number(key?.shape[2]), inner);
    project('value', Number(value?.shape[2]), inner);
    project('output', inner, width);
    return specs;
  },
  flops({ inputs, params }) {
    const { query, key, value } = resolve(inputs);
    const width = Number(query?.shape[2]);
    const inner = params.heads * headSizeOf(width, params);
    const queries = dimProduct(query?.shape.slice(1, 2) ?? []) ?? 1;
    const keys = dimProduct(key?.shape.slice(1, 2) ?? []) ?? 1;
    const projections =
      2 * queries * width * inner + keys * inner * (Number(key?.shape[2]) + Number(value?.shape[2]));
    return 2 * projections + 4 * queries * keys * inner;
  },
  forward({ ctx, inputs: { query, key = query, value = key, mask }, weights, params }) {
    if (!query || !key || !value) throw new Error('multi-head-attention: input missing');
    const { ops } = ctx;
    const size = headSizeOf(query.shape[2] ?? 1, params);
    const project = (x: Tensor, name: string): Tensor => {
      const kernel = weights[`${name}Kernel`];
      if (!kernel) throw new Error(`multi-head-attention: ${name} missing`);
      return ops.affine(x, kernel, weights[`${name}Bias`]);
    };
    const apart = (x: Tensor): Tensor => {
      const [batch = 1, steps = 1] = x.shape;
      return ops.reshape(x, [batch, steps, params.heads, size]);
    };
    const turn = (x: Tensor): Tensor => (params.positions === 'rotary' ? rotate(ops, x) : x);
    const [batch = 1, queries = 1] = query.shape;
    const keys = key.shape[1] ?? 1;
    const biases = [
      ...(params.positions === 'alibi' ? [distanceBias(ops, params.heads, queries, keys)] : []),
      ...(mask ? [ops.reshape(hiddenScores(ops, mask), [batch, 1, 1, keys])] : []),
    ];
    const [first, second] = biases;
    const added = first && second ? ops.add(first, second) : first;
    const { y, weights: shares } = ops.attention({
      q: turn(apart(project(query, 'query'))),
      k: turn(apart(project(key, 'key'))),
      v: apart(project(value, 'value')),
      scale: 1 / Math.sqrt(size),
      causal: params.causal,
      ...(added && { mask: added }),
      ...(ctx.training && params.dropout > 0 && { dropout: { rate: params.dropout, random: ctx.random } }),
    });
    const together = ops.reshape(y, [batch, queries, params.heads * size]);
    return { y: project(together, 'output'), weights: shares };
  },
  summary: ({ heads, headSize, causal, positions }) => [
    `${heads} heads${headSize > 0 ? ` × ${headSize}` : ''}${causal ? ' · causal' : ''}`,
    ...(positions === 'none' ? [] : [positions === 'rotary' ? 'rotary positions' : 'ALiBi']),
  ],
  lesson: {
    summary:
      'Every position makes a query, a key and a value. The product of a query with all keys, brought to shares by softmax, says how much of each value it takes. Heads do this side by side with weights of their own. A mask hides padding; causal hides the future. Nothing in it knows an order: positions must come from an embedding, or from rotary or ALiBi here. The weights output shows who looked at whom.',
    formula: 'softmax(Q·Kᵀ / √d + mask)·V',
    references: [
      { title: 'Vaswani et al. 2017: Attention is all you need', url: 'https://arxiv.org/abs/1706.03762' },
      { title: 'Su et al. 2021: RoFormer (rotary positions)', url: 'https://arxiv.org/abs/2104.09864' },
      { title: 'Press, Smith and Lewis 2022: ALiBi', url: 'https://arxiv.org/abs/2108.12409' },
    ],
  },
  sources: {
    pytorch({ inputs, params }) {
      const { query, key, value } = resolve(inputs);
      const width = Number(query?.shape[2]);
      // PyTorch's module has heads that share the width out, and no positions of its own.
      const size = headSizeOf(width, params);
      const widths = [width, Number(key?.shape[2]), Number(value?.shape[2])] as const;
      const fits = size * params.heads === width && widths.every((other) => other === width);
      if (!fits || params.positions !== 'none' || inputs.mask) {
        return torchAttention({ ...params, size, widths, inputs });
      }
      const { heads, bias, causal, dropout } = params;
      const q = '{query}';
      const k = inputs.key ? '{key}' : q;
      const v = inputs.value ? '{value}' : k;
      const mask = causal
        ? `, attn_mask=torch.ones(${q}.shape[1], ${k}.shape[1], dtype=torch.bool, device=${q}.device).triu(1 + ${k}.shape[1] - ${q}.shape[1])`
        : '';
      const rows = (part: number) => `in_proj_weight[${part * width}:${(part + 1) * width}]`;
      const cells = (part: number) => `in_proj_bias[${part * width}:${(part + 1) * width}]`;
      return {
        module: `nn.MultiheadAttention(${width}, ${heads}, batch_first=True${bias ? '' : ', bias=False'}${dropout > 0 ? `, dropout=${dropout}` : ''})`,
        call: `{self}(${q}, ${k}, ${v}, average_attn_weights=False${mask})`,
        weights: {
          ...Object.fromEntries(
            ['query', 'key', 'value'].flatMap((name, part) => [
              [`${name}Kernel`, { name: rows(part), value: '{w}.T' }],
              ...(bias ? [[`${name}Bias`, { name: cells(part) }] as const] : []),
            ]),
          ),
          outputKernel: { name: 'out_proj.weight', value: '{w}.T' },
          ...(bias && { outputBias: { name: 'out_proj.bias' } }),
        },
      };
    },
    keras({ inputs, params }) {
      const { query, key, value } = resolve(inputs);
      const width = Number(query?.shape[2]);
      const widths = [width, Number(key?.shape[2]), Number(value?.shape[2])] as const;
      // Keras counts a causal mask from the first key, which differs where there are more keys than queries.
      const uneven = params.causal && query?.shape[1] !== key?.shape[1];
      if (params.positions !== 'none' || uneven) return undefined;
      return kerasAttention({ ...params, size: headSizeOf(width, params), widths, inputs });
    },
  },
  examples: [
    {
      name: 'self-attention',
      inputs: { query: float32([2, 3, 4]) },
      params: { heads: 2 },
      outputs: { y: [2, 3, 4], weights: [2, 2, 3, 3] },
      parameterCount: 4 * (4 * 4 + 4),
    },
    {
      name: 'causal, rotary, no bias',
      inputs: { query: float32([2, 3, 8]) },
      params: { heads: 2, causal: true, positions: 'rotary', bias: false },
      outputs: { y: [2, 3, 8], weights: [2, 2, 3, 3] },
      parameterCount: 4 * 64,
    },
    {
      name: 'over another sequence, masked',
      inputs: { query: float32([2, 2, 4]), key: float32([2, 3, 5]), mask: float32([2, 3]) },
      ranges: { mask: [0.3, 1] },
      params: { heads: 2, headSize: 3 },
      outputs: { y: [2, 2, 4], weights: [2, 2, 2, 3] },
    },
    {
      name: 'ALiBi, dropout',
      inputs: { query: float32([1, 3, 4]) },
      params: { heads: 2, causal: true, positions: 'alibi', dropout: 0.2 },
      outputs: { y: [1, 3, 4], weights: [1, 2, 3, 3] },
    },
  ],
});
