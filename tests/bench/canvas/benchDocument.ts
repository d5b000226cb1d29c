import { type GraphDocument, graphDocumentSchema } from '#shared/graph/document.ts';

const SPACING = { x: 190, y: 130 };
/** Every so many nodes, one adds up several wires. */
const ADD_EVERY = 5;
/** How far back the wires into such a node begin, apart from the one of the chain. */
const SKIPS = [2, 3, 4, 6, 7];

export interface BenchSize {
  readonly nodes: number;
  readonly edges: number;
}

/** Size of the graph that the address asks for. */
export function sizeFromAddress(): BenchSize {
  const query = new URLSearchParams(location.search);
  return { nodes: Number(query.get('nodes')), edges: Number(query.get('edges')) };
}

/**
 * A chain of dense layers behind an image source, in rows from left to right, with a loss and an optimiser at its end.
 * Wires beyond those of the chain go to `add` nodes, one in five. Types are known throughout, so that wires carry
 * their shapes. Where there are no wires beyond those of the chain, it is nothing but dense layers.
 */
export function benchDocument({ nodes, edges }: BenchSize): GraphDocument {
  const columns = Math.round(Math.sqrt(nodes * 1.33));
  const extra = edges - (nodes - 1);
  const [logits, loss, optimizer] = extra > 0 ? [nodes - 3, nodes - 2, nodes - 1] : [-1, -1, -1];
  const isAdd = (index: number): boolean =>
    extra > 0 && index < logits && index % ADD_EVERY === ADD_EVERY - 1;
  const kind = (index: number): string => {
    if (index === 0) return 'mnist';
    if (index === 1) return 'flatten';
    if (index === loss) return 'softmax-cross-entropy';
    if (index === optimizer) return 'adam';
    return isAdd(index) ? 'add' : 'dense';
  };
  const id = (index: number): string => `${kind(index)}-${index + 1}`;
  const outputs: Readonly<Record<string, string>> = { mnist: 'image', 'softmax-cross-entropy': 'loss' };
  const inputs: Readonly<Record<string, string>> = {
    add: 'values',
    'softmax-cross-entropy': 'logits',
    adam: 'loss',
  };
  const wire = (from: number, to: number) => ({
    from: { node: id(from), port: outputs[kind(from)] ?? 'y' },
    to: { node: id(to), port: inputs[kind(to)] ?? 'x' },
  });
  const all = Array.from({ length: nodes }, (_, index) => index);
  const chain = all.slice(1).map((index) => wire(index - 1, index));
  const labels = { from: { node: id(0), port: 'label' }, to: { node: id(loss), port: 'labels' } };
  const skipping = SKIPS.flatMap((back) =>
    all.filter((index) => isAdd(index) && index - back > 1).map((index) => wire(index - back, index)),
  ).slice(0, Math.max(0, extra - 1));
  return graphDocumentSchema.parse({
    format: 'neuroloom',
    version: 1,
    name: 'bench',
    nodes: all.map((index) => ({
      id: id(index),
      kind: kind(index),
      params:
        kind(index) === 'dense'
          ? {
              units: index === logits ? 10 : 64,
              activation: index === logits ? 'linear' : 'relu',
              bias: true,
            }
          : {},
      position: { x: (index % columns) * SPACING.x, y: Math.floor(index / columns) * SPACING.y },
    })),
    edges: [...chain, ...(extra > 0 ? [labels] : []), ...skipping],
  });
}
