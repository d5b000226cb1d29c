import type { Problem } from '#shared/protocol/problem.ts';
import type { PortType } from '#shared/types/portType.ts';
import { keyedFacts } from '../stores/keyedFacts.ts';
import { documentIndex } from './documentIndex.ts';
import { problemIndex } from './problemIndex.ts';

/** What a wire shows beside its way. */
interface WireFacts {
  readonly type: PortType | undefined;
  /** What is wrong with the wire itself. */
  readonly problem: Problem | undefined;
  /** Something is wrong with it, or with the input that it leads to. */
  readonly bad: boolean;
}

export const useWireFacts = keyedFacts<WireFacts>(({ graph, graphAnalysis }, before) => {
  if (!graph) return new Map();
  const { edges } = documentIndex(graph);
  const { byEdge, badInputs } = problemIndex(graphAnalysis);
  let changed = before.size !== edges.size;
  const after = new Map<string, WireFacts>();
  for (const [id, { to }] of edges) {
    const type = graphAnalysis.edges.get(id);
    const problem = byEdge.get(id);
    const bad =
      problem?.severity === 'error' ||
      (badInputs.size > 0 && badInputs.has(`${to.node}.${to.port}`) && type !== undefined);
    const old = before.get(id);
    const same = old?.type === type && old?.problem === problem && old?.bad === bad;
    if (!same) changed = true;
    after.set(id, same && old ? old : { type, problem, bad });
  }
  return changed ? after : before;
});
