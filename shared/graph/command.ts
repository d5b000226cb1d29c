import { nodeText } from '../i18n/nodeTexts.ts';
import { fail, ok, type Problem, type Result } from '../protocol/problem.ts';
import type { GraphDocument } from './document.ts';

/**
 * A pure edit. `label` is a key under `commands` in shared/i18n with its data. Consecutive commands
 * with the same `mergeKey` count as one step of undo (see history.ts). `apply` never changes its
 * argument and keeps what it does not touch by reference.
 */
export interface Command {
  readonly label: { readonly key: string; readonly data?: Readonly<Record<string, string | number>> };
  readonly mergeKey?: string;
  apply(document: GraphDocument): Result<GraphDocument, Problem>;
}

export const kindTitle = (kind: string): string => nodeText(kind)?.title ?? kind;

export function nodeNotFound(id: string): { ok: false; error: Problem } {
  return fail({ code: 'node-not-found', severity: 'error', data: { id } });
}

/** Runs commands one after the other as one step of undo; none of them is kept if one fails. */
export function sequence(
  label: Command['label'],
  steps: (document: GraphDocument) => readonly Command[],
): Command {
  return {
    label,
    apply(document) {
      let current = document;
      for (const step of steps(document)) {
        const result = step.apply(current);
        if (!result.ok) return result;
        current = result.value;
      }
      return ok(current);
    },
  };
}
