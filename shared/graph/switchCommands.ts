import { ok } from '../protocol/problem.ts';
import { type Command, nodeNotFound } from './command.ts';
import type { NodeInstance } from './document.ts';
import { findNode } from './selectors.ts';

/** Switches nodes off, or on again (`null`). Weights and wires stay, so that nothing is lost by it. */
export function switchNodes(ids: readonly string[], off: NonNullable<NodeInstance['off']> | null): Command {
  return {
    label: { key: off === null ? 'switch-on' : `switch-${off}`, data: { count: ids.length } },
    apply(document) {
      const missing = ids.find((id) => !findNode(document, id));
      if (missing !== undefined) return nodeNotFound(missing);
      const chosen = new Set(ids);
      const switched = ({ off: _, ...node }: NodeInstance): NodeInstance =>
        off === null ? (node as NodeInstance) : { ...(node as NodeInstance), off };
      return ok({
        ...document,
        nodes: document.nodes.map((node) =>
          chosen.has(node.id) && (node.off ?? null) !== off ? switched(node) : node,
        ),
      });
    },
  };
}

/** Keeps the weights of nodes as they are, or lets them be trained again. */
export function freezeNodes(ids: readonly string[], frozen: boolean): Command {
  return {
    label: { key: frozen ? 'freeze' : 'unfreeze', data: { count: ids.length } },
    apply(document) {
      const missing = ids.find((id) => !findNode(document, id));
      if (missing !== undefined) return nodeNotFound(missing);
      const chosen = new Set(ids);
      const changed = ({ frozen: _, ...node }: NodeInstance): NodeInstance =>
        frozen ? { ...(node as NodeInstance), frozen } : (node as NodeInstance);
      return ok({
        ...document,
        nodes: document.nodes.map((node) =>
          chosen.has(node.id) && (node.frozen ?? false) !== frozen ? changed(node) : node,
        ),
      });
    },
  };
}
