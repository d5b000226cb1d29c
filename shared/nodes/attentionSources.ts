import type { Inputs, NodeSource } from './defineNode.ts';
import { torchParameters } from './sources.ts';

interface WrittenAttention {
  readonly inputs: Inputs;
  /** Of query, key and value. */
  readonly widths: readonly [query: number, key: number, value: number];
  readonly heads: number;
  /** Of a head. */
  readonly size: number;
  readonly causal: boolean;
  readonly positions: 'none' | 'rotary' | 'alibi';
  readonly bias: boolean;
  readonly dropout: number;
}

/** Attention in plain PyTorch, for what its module does not have: masks of keys, positions, widths of their own. */
export function torchAttention(attention: WrittenAttention): NodeSource {
  const { inputs, widths, heads, size, bias, dropout } = attention;
  const inner = heads * size;
  const key = inputs.key ? 'key' : 'query';
  const value = inputs.value ? 'value' : key;
  const project = (x: string, name: string) =>
    `(${x} @ {self}["${name}Kernel"]${bias ? ` + {self}["${name}Bias"]` : ''})`;
  const apart = (port: string, name: string) =>
    `${project(`{${port}}`, name)}.unflatten(-1, (${heads}, ${size})).transpose(1, 2)`;
  const shares = dropout > 0 ? `F.dropout(a, ${dropout}, {self}.training)` : 'a';
  const output = project(`(${shares} @ v).transpose(1, 2).flatten(2)`, 'output');
  const matrix = (name: string, from: number, to: number) => ({
    [`${name}Kernel`]: [from, to],
    ...(bias && { [`${name}Bias`]: [to] }),
  });
  return {
    ...torchParameters({
      ...matrix('query', widths[0], inner),
      ...matrix('key', widths[1], inner),
      ...matrix('value', widths[2], inner),
      ...matrix('output', inner, widths[0]),
    }),
    call: `(lambda q, k, v: (lambda a: (${output}, a))(F.softmax(${scores(attention)}, dim=-1)))(${turned(attention, apart('query', 'query'))}, ${turned(attention, apart(key, 'key'))}, ${apart(value, 'value')})`,
  };
}

/** Of q and k `[B, H, T, D]`, with what is hidden far below zero. The last query stands at the last key. */
function scores({ inputs, heads, size, positions, causal }: WrittenAttention): string {
  const distances =
    '(torch.arange(q.shape[2], device=q.device)[:, None] + k.shape[2] - q.shape[2] - torch.arange(k.shape[2], device=q.device)).abs()';
  const slopes = `(2 ** (-8 * torch.arange(1, ${heads + 1}, device=q.device) / ${heads}))[:, None, None]`;
  const later =
    'torch.ones(q.shape[2], k.shape[2], dtype=torch.bool, device=q.device).triu(1 + k.shape[2] - q.shape[2])';
  return [
    `(q @ k.mT / ${Math.sqrt(size)}${positions === 'alibi' ? ` - ${slopes} * ${distances}` : ''})`,
    ...(inputs.mask ? ['.masked_fill(({mask} < 0.5)[:, None, None], -1e9)'] : []),
    ...(causal ? [`.masked_fill(${later}, -1e9)`] : []),
  ].join('');
}

/** Queries or keys turned by their positions, if they are to be. */
function turned({ positions, size }: WrittenAttention, x: string): string {
  if (positions !== 'rotary') return x;
  const half = size / 2;
  const angles = `torch.arange(x.shape[2], device=x.device)[:, None] * 10000 ** (-torch.arange(${half}, device=x.device) / ${half})`;
  return `(lambda x: (lambda l, r, a: torch.cat([l * a.cos() - r * a.sin(), r * a.cos() + l * a.sin()], -1))(*x.chunk(2, -1), ${angles}))(${x})`;
}

/** `keras.layers.MultiHeadAttention`, whose weights have the heads apart. */
export function kerasAttention({
  inputs,
  widths,
  heads,
  size,
  bias,
  causal,
  dropout,
}: WrittenAttention): NodeSource {
  const key = inputs.key ? '{key}' : '{query}';
  const value = inputs.value ? '{value}' : key;
  const options = [
    `key=${key}`,
    'return_attention_scores=True',
    ...(causal ? ['use_causal_mask=True'] : []),
    ...(inputs.mask ? ['attention_mask=({mask} >= 0.5)[:, None]'] : []),
  ];
  const into = (name: string, from: number) => ({
    [`${name}Kernel`]: {
      name: `_${name}_dense.kernel`,
      value: `ops.reshape({w}, (${from}, ${heads}, ${size}))`,
    },
    ...(bias && {
      [`${name}Bias`]: { name: `_${name}_dense.bias`, value: `ops.reshape({w}, (${heads}, ${size}))` },
    }),
  });
  return {
    module: `keras.layers.MultiHeadAttention(${heads}, ${size}${bias ? '' : ', use_bias=False'}${dropout > 0 ? `, dropout=${dropout}` : ''})`,
    call: `{self}({query}, ${value}, ${options.join(', ')})`,
    weights: {
      ...into('query', widths[0]),
      ...into('key', widths[1]),
      ...into('value', widths[2]),
      outputKernel: {
        name: '_output_dense.kernel',
        value: `ops.reshape({w}, (${heads}, ${size}, ${widths[0]}))`,
      },
      ...(bias && { outputBias: { name: '_output_dense.bias' } }),
    },
  };
}
