import type { Analysis } from '#shared/compile/plan.ts';
import type { Problem } from '#shared/protocol/problem.ts';

interface ProblemIndex {
  readonly byNode: ReadonlyMap<string, readonly Problem[]>;
  /** What is wrong with a wire itself, by its id; errors before warnings. */
  readonly byEdge: ReadonlyMap<string, Problem>;
  /** `node.port` of the inputs with an error. */
  readonly badInputs: ReadonlySet<string>;
}

const cache = new WeakMap<Analysis['problems'], ProblemIndex>();

/** Problems by place, sorted once: every card and every wire asks after each change. */
export function problemIndex({ problems }: Analysis): ProblemIndex {
  let index = cache.get(problems);
  if (!index) {
    const byNode = new Map<string, Problem[]>();
    const byEdge = new Map<string, Problem>();
    const badInputs = new Set<string>();
    for (const problem of problems) {
      const { nodeId, edgeId, port, severity } = problem;
      if (nodeId !== undefined) {
        const list = byNode.get(nodeId);
        if (list) list.push(problem);
        else byNode.set(nodeId, [problem]);
      }
      if (edgeId !== undefined && byEdge.get(edgeId)?.severity !== 'error') byEdge.set(edgeId, problem);
      if (severity !== 'error') continue;
      if (nodeId !== undefined && port !== undefined) badInputs.add(`${nodeId}.${port}`);
    }
    index = { byNode, byEdge, badInputs };
    cache.set(problems, index);
  }
  return index;
}
