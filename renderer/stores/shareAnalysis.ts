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

const placeOf = ({ code, nodeId, edgeId, port, param }: Problem): string =>
  [code, nodeId, edgeId, port, param].join(' ');

/** Problems with those that did not change taken from before. A broken graph may have thousands. */
function shareProblems(before: readonly Problem[], after: readonly Problem[]): readonly Problem[] {
  if (before.length === 0 || after.length === 0) return after.length === before.length ? before : after;
  const known = new Map<string, Problem[]>();
  for (const problem of before) {
    const place = placeOf(problem);
    const list = known.get(place);
    if (list) list.push(problem);
    else known.set(place, [problem]);
  }
  const shared = after.map(
    (problem) => known.get(placeOf(problem))?.find((old) => sameContent(old, problem)) ?? problem,
  );
  const same = shared.length === before.length && shared.every((problem, at) => problem === before[at]);
  return same ? before : shared;
}

/** The new analysis with every part that did not change taken from the old one, so that only changed nodes render. */
export function shareAnalysis(before: Analysis, after: Analysis): Analysis {
  const shared: Analysis = {
    nodes: shareMap<NodeAnalysis>(before.nodes, after.nodes),
    edges: shareMap(before.edges, after.edges),
    problems: shareProblems(before.problems, after.problems),
    unused: sameContent([...before.unused], [...after.unused]) ? before.unused : after.unused,
    totals: sameContent(before.totals, after.totals) ? before.totals : after.totals,
  };
  const same = (Object.keys(shared) as (keyof Analysis)[]).every((part) => shared[part] === before[part]);
  return same ? before : shared;
}
