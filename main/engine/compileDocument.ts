import { engineFailure } from '#main/services/engineFailure.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import type { FactsByNode, Plan } from '#shared/compile/plan.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import { EngineError } from './failures.ts';

/** The document's plan; throws `invalid-graph` with every problem where it has none. */
export function compileDocument(document: GraphDocument, facts: FactsByNode = {}): Plan {
  const plan = createPlan(document, facts);
  if (plan.ok) return plan.value;
  const [first] = plan.error;
  throw new EngineError({
    ...engineFailure('invalid-graph', 'graph-not-ready', {
      total: plan.error.length,
      first: first?.code ?? '',
      node: first?.nodeId ?? 'none',
    }),
    ...(first?.nodeId && { nodeId: first.nodeId }),
    problems: plan.error,
  });
}
