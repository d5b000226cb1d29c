import type { Analysis, NodeAnalysis } from '#shared/compile/plan.ts';
import type { Problem } from '#shared/protocol/problem.ts';

/** Plain data, compared by content. */
function sameContent(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) =>
    sameContent((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  );
}

function shareMap<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  let changed = before.size !== after.size;
  const shared = new Map<string, T>();
  for (const [key, value] of after) {
    const old = before.get(key);
    if (old !== undefined && sameContent(old, value)) shared.set(key, old);
    else {
      shared.set(key, value);
      changed = true;
    }
  }
  return changed ? shared : before;
}

/** The new analysis with every part that did not change taken from the old one, so that only changed nodes render. */
export function shareAnalysis(before: Analysis, after: Analysis): Analysis {
  const problems: readonly Problem[] = sameContent(before.problems, after.problems)
    ? before.problems
    : after.problems.map((problem) => before.problems.find((old) => sameContent(old, problem)) ?? problem);
  return {
    nodes: shareMap<NodeAnalysis>(before.nodes, after.nodes),
    edges: shareMap(before.edges, after.edges),
    problems,
    unused: sameContent([...before.unused], [...after.unused]) ? before.unused : after.unused,
    totals: sameContent(before.totals, after.totals) ? before.totals : after.totals,
  };
}
