import { z } from 'zod';
import { formatCount } from '../i18n/formatCount.ts';
import { nodeText } from '../i18n/nodeTexts.ts';
import type { NodeDefinition, NodeProblem } from '../nodes/defineNode.ts';
import type { JsonObject, JsonValue } from '../protocol/json.ts';
import { issueData } from '../protocol/schemaIssue.ts';

export type CheckedParams = { params: Readonly<Record<string, unknown>> } & {
  warnings: readonly NodeProblem[];
};
export type ParamsResult = CheckedParams | { problems: readonly NodeProblem[] };

const limitsSchema = z.object({
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  prefixItems: z
    .array(z.object({ minimum: z.number().optional(), maximum: z.number().optional() }))
    .optional(),
  // `false` where a tuple ends.
  items: z
    .object({ minimum: z.number().optional(), maximum: z.number().optional() })
    .optional()
    .catch(undefined),
});

/** The smallest and largest value a parameter may take, where its schema has them. */
function limitsOf(definition: NodeDefinition, param: string): { min: number; max: number } | undefined {
  const { properties } = z.toJSONSchema(definition.params);
  const parsed = limitsSchema.safeParse(properties?.[param]);
  if (!parsed.success) return undefined;
  const { minimum, maximum } = parsed.data.prefixItems?.[0] ?? parsed.data.items ?? parsed.data;
  return minimum === undefined || maximum === undefined ? undefined : { min: minimum, max: maximum };
}

const shorten = (value: unknown): string => {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return formatCount(value);
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
};

function issueProblem(
  definition: NodeDefinition,
  issue: z.core.$ZodIssue,
  given: JsonObject,
  nodeId: string,
): NodeProblem {
  const param = String(issue.path[0] ?? '');
  const label = nodeText(definition.kind)?.params[param]?.label ?? param;
  const value = shorten(given[param]);
  const defaults = definition.params.safeParse({});
  const fallback = defaults.success ? (defaults.data[param] as JsonValue | undefined) : undefined;
  const fix = fallback !== undefined && {
    fix: { kind: 'set-param' as const, nodeId, param, value: fallback },
  };
  const limits = limitsOf(definition, param);
  if ((issue.code === 'too_big' || issue.code === 'too_small') && limits) {
    return { code: 'param-out-of-range', param, data: { param, label, value, ...limits }, ...fix };
  }
  return { code: 'param-invalid', param, data: { param, label, value, ...issueData(issue, given) }, ...fix };
}

/** A node's parameters by its own schema: complete with defaults, or a Problem for each that is wrong. */
export function checkParams(definition: NodeDefinition, given: JsonObject, nodeId: string): ParamsResult {
  const parsed = definition.params.safeParse(given);
  if (!parsed.success) {
    const byParam = new Map(parsed.error.issues.map((issue) => [String(issue.path[0] ?? ''), issue]));
    return {
      problems: [...byParam.values()].map((issue) => issueProblem(definition, issue, given, nodeId)),
    };
  }
  const known = definition.params.shape;
  const warnings = Object.keys(given)
    .filter((param) => !Object.hasOwn(known, param))
    .map((param): NodeProblem => ({ code: 'param-unknown', param, data: { param }, severity: 'warning' }));
  return { params: parsed.data, warnings };
}
