import { fail, type Problem, type Result } from '../protocol/problem.ts';
import type { Command } from './command.ts';
import type { Edge, GraphDocument, NodeInstance } from './document.ts';
import { blockRefusal, makeBlock } from './makeBlock.ts';
import { completeParams, nextNodeId } from './nodeCommands.ts';

type Endpoint = Edge['from'];

const key = ({ node, port }: Endpoint): string => `${node}.${port}`;
/** What a new node keeps from those that it stands beside. */
const DISTANCE = 224;

interface Parts {
  readonly nodes: readonly NodeInstance[];
  readonly edges: readonly Edge[];
}

/** The graph with a node at every crossing of the border: steps into the batch on the way in, and back on the way out. */
function foldAtBorder(document: GraphDocument, chosen: ReadonlySet<string>): Parts | undefined {
  const inside = document.nodes.filter(({ id }) => chosen.has(id));
  const left = Math.min(...inside.map(({ position }) => position.x));
  const right = Math.max(...inside.map(({ position }) => position.x));
  const heightOf = (id: string): number => inside.find((node) => node.id === id)?.position.y ?? 0;
  const added: NodeInstance[] = [];
  const edges: Edge[] = [];
  const add = (kind: string, x: number, y: number): string => {
    const id = nextNodeId({ ...document, nodes: [...document.nodes, ...added] }, kind);
    added.push({ id, kind, params: completeParams(kind), position: { x, y } });
    return id;
  };
  const entrances = new Map<string, string>();
  const exits = new Map<string, string>();
  const sequence = document.edges.find(({ from, to }) => !chosen.has(from.node) && chosen.has(to.node))?.from;
  if (!sequence) return undefined;
  for (const edge of document.edges) {
    const { from, to } = edge;
    const [starts, ends] = [chosen.has(from.node), chosen.has(to.node)];
    if (starts === ends) {
      edges.push(edge);
    } else if (ends) {
      const known = entrances.get(key(from));
      const id = known ?? add('time-to-batch', left - DISTANCE, heightOf(to.node));
      if (!known) edges.push({ from, to: { node: id, port: 'x' } });
      entrances.set(key(from), id);
      edges.push({ from: { node: id, port: 'y' }, to });
    } else {
      const known = exits.get(key(from));
      const id = known ?? add('batch-to-time', right + DISTANCE, heightOf(from.node));
      if (!known) {
        edges.push({ from, to: { node: id, port: 'x' } }, { from: sequence, to: { node: id, port: 'like' } });
      }
      exits.set(key(from), id);
      edges.push({ ...edge, from: { node: id, port: 'y' } });
    }
  }
  return { nodes: added, edges };
}

/**
 * Makes a block that does with each step of a sequence what these nodes do with a sample (Keras' TimeDistributed):
 * the steps stand in the batch while they pass through the nodes. The first wire into them says how many steps
 * there are.
 */
export function distributeOverTime({ ids, title }: { ids: readonly string[]; title: string }): Command {
  return {
    label: { key: 'distribute-over-time', data: { title } },
    apply(document): Result<GraphDocument, Problem> {
      const refusal = blockRefusal(document, ids);
      if (refusal) return fail(refusal);
      const parts = foldAtBorder(document, new Set(ids));
      if (!parts) return fail({ code: 'no-steps-come-in', severity: 'error', data: {} });
      const nodes = [...document.nodes, ...parts.nodes];
      const grown = { ...document, nodes, edges: [...parts.edges] };
      return makeBlock({ ids: [...ids, ...parts.nodes.map(({ id }) => id)], title }).apply(grown);
    },
  };
}
