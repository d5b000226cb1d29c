import { ok } from '../protocol/problem.ts';
import { type Command, sequence } from './command.ts';
import { BLOCK_KIND, type Edge, type GraphDocument, type NodeInstance } from './document.ts';
import type { Repetition } from './findRepeats.ts';
import { makeBlock } from './makeBlock.ts';
import { makeRoom } from './makeRoom.ts';
import { removeNodes, setParam } from './nodeCommands.ts';

/** Takes the copies after the first away; what followed the last follows the first. */
function keepFirst({ copies }: Repetition): Command {
  const from = copies[0]?.at(-1);
  const end = copies.at(-1)?.at(-1);
  return {
    label: { key: 'fold-repetition', data: { count: copies.length } },
    apply(document) {
      const closed = closeGap(document, copies);
      const edges = closed.edges.flatMap((edge): Edge[] => {
        if (edge.from.node === end && from !== undefined)
          return [{ ...edge, from: { ...edge.from, node: from } }];
        return edge.from.node === from ? [] : [edge];
      });
      return removeNodes(copies.slice(1).flat()).apply({ ...closed, edges });
    },
  };
}

/** What stands behind the copies comes as near as it stood to the last, where nothing else stands in between. */
function closeGap(document: GraphDocument, copies: Repetition['copies']): GraphDocument {
  const among = new Set(copies.flat());
  const first = new Set(copies[0]);
  const rightOf = (ids: ReadonlySet<string>): number =>
    Math.max(...document.nodes.filter(({ id }) => ids.has(id)).map(({ position }) => position.x));
  const [near, far] = [rightOf(first), rightOf(among)];
  const isBetween = ({ id, position }: NodeInstance): boolean =>
    !among.has(id) && position.x > near && position.x <= far;
  return document.nodes.some(isBetween) ? document : makeRoom(document, far, near - far);
}

const scopeOf = ({ params }: NodeInstance): readonly string[] =>
  Array.isArray(params.scope) ? params.scope.map(String) : [];

/** What optimisers name is named otherwise. */
function renameInScopes(rename: (member: string) => readonly string[]): Command {
  return {
    label: { key: 'fold-repetition' },
    apply: (document) =>
      ok({
        ...document,
        nodes: document.nodes.map((node) => {
          const scope = scopeOf(node);
          const next = scope.flatMap(rename);
          const isAsBefore = next.length === scope.length && next.every((member, at) => member === scope[at]);
          return isAsBefore ? node : { ...node, params: { ...node.params, scope: next } };
        }),
      }),
  };
}

/** Folds a repetition into one instance of a block, repeated as often: the same network, drawn once. */
export function foldRepetition(repetition: Repetition, title: string): Command {
  const { copies, through, out } = repetition;
  return sequence({ key: 'fold-repetition', data: { count: copies.length } }, (document) => {
    const first = copies[0] ?? [];
    const others = new Set(copies.slice(1).flat());
    const known = new Set(document.nodes.map(({ id }) => id));
    const repeat: Command = {
      label: { key: 'fold-repetition' },
      apply(folded) {
        const instance = folded.nodes.find(({ id, kind }) => kind === BLOCK_KIND && !known.has(id));
        if (!instance) return ok(folded);
        const repeated = setParam(instance.id, 'repeat', copies.length).apply(folded);
        if (!repeated.ok) return repeated;
        // A part of the block has a number before it now, that of its copy.
        const inside = `${instance.id}/`;
        return renameInScopes((member) =>
          member.startsWith(inside)
            ? copies.map((_, at) => `${inside}${at + 1}/${member.slice(inside.length)}`)
            : [member],
        ).apply(repeated.value);
      },
    };
    return [
      // All copies are named by the same optimisers: the first stands for all.
      renameInScopes((member) => (others.has(member.split('/', 1)[0] ?? '') ? [] : [member])),
      keepFirst(repetition),
      makeBlock({ ids: first, title, through, leading: [out] }),
      repeat,
    ];
  });
}
