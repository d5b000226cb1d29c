import { ok } from '../protocol/problem.ts';
import { isPortsNode } from './blockPorts.ts';
import { type Command, sequence } from './command.ts';
import { definitionOf } from './definitionOf.ts';
import { BLOCK_KIND, type Edge, type GraphDocument, type NodeInstance } from './document.ts';
import { blockRefusal, makeBlock } from './makeBlock.ts';
import { removeNodes, setParam } from './nodeCommands.ts';

/** A row of nodes that comes several times, one after the other. */
interface Repetition {
  /** Ids of the nodes of each copy, in the same order. */
  readonly copies: readonly (readonly string[])[];
}

interface Chain {
  readonly ids: readonly string[];
}

/** A single wire in and one output by which a node stands in a row; the last need not lead anywhere yet. */
function rows(document: GraphDocument): readonly Chain[] {
  const outgoing = new Map<string, Edge[]>();
  const incoming = new Map<string, Edge[]>();
  for (const edge of document.edges) {
    outgoing.set(edge.from.node, [...(outgoing.get(edge.from.node) ?? []), edge]);
    incoming.set(edge.to.node, [...(incoming.get(edge.to.node) ?? []), edge]);
  }
  const isLink = (id: string): boolean => {
    const node = document.nodes.find((other) => other.id === id);
    if (!node || isPortsNode(id)) return false;
    return (
      definitionOf(document, node)?.role === 'layer' &&
      incoming.get(id)?.length === 1 &&
      new Set(outgoing.get(id)?.map(({ from }) => from.port)).size <= 1 &&
      node.params.shareWith === undefined
    );
  };
  const next = (id: string): string | undefined => {
    const [edge, ...others] = outgoing.get(id) ?? [];
    return edge && others.length === 0 && isLink(edge.to.node) ? edge.to.node : undefined;
  };
  const links = document.nodes.filter(({ id }) => isLink(id)).map(({ id }) => id);
  const followers = new Set(links.flatMap((id) => next(id) ?? []));
  return links
    .filter((id) => !followers.has(id))
    .map((start) => {
      const ids = [start];
      for (let at = next(start); at !== undefined && !ids.includes(at); at = next(at)) ids.push(at);
      return { ids };
    });
}

/** The output by which a node leads on; undefined where it leads nowhere. */
const outputOf = (document: GraphDocument, id: string): string | undefined =>
  document.edges.find(({ from }) => from.node === id)?.from.port;

/** What makes two nodes stand for the same: all but their ids, places and names. */
function likeness(document: GraphDocument, id: string, out: string | undefined): string {
  const node = document.nodes.find((other) => other.id === id);
  if (!node) return '';
  const { kind, params, frozen = false, off = '' } = node;
  const into = document.edges.find(({ to }) => to.node === id)?.to.port ?? '';
  return JSON.stringify([
    kind,
    Object.entries(params).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    frozen,
    off,
    into,
    out,
  ]);
}

/**
 * The repetition in the rows of a graph that folding would shorten most. A single node counts from three copies
 * on, more nodes from two.
 */
export function findRepetition(document: GraphDocument): Repetition | undefined {
  let best: Repetition | undefined;
  let most = 0;
  for (const { ids } of rows(document)) {
    // The end of a row that leads nowhere yet may lead on as any of its like does.
    const alike = (id: string, other: string): boolean => {
      const out = outputOf(document, id);
      return likeness(document, id, out) === likeness(document, other, outputOf(document, other) ?? out);
    };
    for (let length = 1; length * 2 <= ids.length; length++) {
      for (let start = 0; start + length * 2 <= ids.length; start++) {
        let count = 1;
        const matches = (copy: number): boolean =>
          ids
            .slice(start, start + length)
            .every((id, at) => alike(id, ids[start + copy * length + at] ?? ''));
        while (start + (count + 1) * length <= ids.length && matches(count)) count++;
        const saved = (count - 1) * length;
        // The shortest row that repeats is the one that says most.
        if (count < (length === 1 ? 3 : 2) || saved <= most) continue;
        most = saved;
        best = {
          copies: Array.from({ length: count }, (_, copy) =>
            ids.slice(start + copy * length, start + (copy + 1) * length),
          ),
        };
      }
    }
  }
  return best && !blockRefusal(document, best.copies.flat()) ? best : undefined;
}

/** Takes the copies after the first away; what followed the last follows the first. */
function keepFirst({ copies }: Repetition): Command {
  const first = copies[0] ?? [];
  const last = copies.at(-1) ?? [];
  const others = copies.slice(1).flat();
  return {
    label: { key: 'fold-repetition', data: { count: copies.length } },
    apply(document) {
      const end = last.at(-1);
      const from = first.at(-1);
      const edges = document.edges.flatMap((edge): Edge[] => {
        if (edge.from.node === end && from !== undefined)
          return [{ ...edge, from: { ...edge.from, node: from } }];
        return edge.from.node === from ? [] : [edge];
      });
      return removeNodes(others).apply({ ...document, edges });
    },
  };
}

const scopeOf = ({ params }: NodeInstance): readonly unknown[] =>
  Array.isArray(params.scope) ? params.scope : [];

/** Folds a repetition into one instance of a block, repeated as often: the same network, drawn once. */
export function foldRepetition(repetition: Repetition, title: string): Command {
  const { copies } = repetition;
  return sequence({ key: 'fold-repetition', data: { count: copies.length } }, (document) => {
    const first = copies[0] ?? [];
    const known = new Set(document.nodes.map(({ id }) => id));
    const repeat: Command = {
      label: { key: 'fold-repetition' },
      apply(folded) {
        const instance = folded.nodes.find(({ id, kind }) => kind === BLOCK_KIND && !known.has(id));
        return instance ? setParam(instance.id, 'repeat', copies.length).apply(folded) : ok(folded);
      },
    };
    // A copy leads to the next one by its port, also where the last leads nowhere yet.
    const end = first.at(-1) ?? '';
    const leading = [{ node: end, port: outputOf(document, end) ?? '' }];
    return [widenScopes(copies), keepFirst(repetition), makeBlock({ ids: first, title, leading }), repeat];
  });
}

/**
 * An optimiser that trains some of the copies only could not do so once they are one: such a repetition is left.
 * One that trains all of them trains the first, which stands for all.
 */
function widenScopes(copies: Repetition['copies']): Command {
  const others = new Set(copies.slice(1).flat());
  return {
    label: { key: 'fold-repetition' },
    apply: (document) =>
      ok({
        ...document,
        nodes: document.nodes.map((node) => {
          const scope = scopeOf(node);
          const kept = scope.filter((member) => !others.has(String(member)));
          return kept.length === scope.length
            ? node
            : { ...node, params: { ...node.params, scope: kept.map(String) } };
        }),
      }),
  };
}
