import { evaluate } from '../expressions/evaluate.ts';
import { namesIn } from '../expressions/expression.ts';
import { nodeText } from '../i18n/nodeTexts.ts';
import type { JsonObject, JsonValue } from '../protocol/json.ts';
import type { Problem } from '../protocol/problem.ts';
import { BLOCK_KIND, type GraphDocument, type NodeInstance } from './document.ts';
import { expressionsIn, type ParamExpression, replaceExpression } from './paramExpressions.ts';
import { nodeTitle } from './selectors.ts';
import { unreadable, type VariableScope, variableScope } from './variableScope.ts';

/** A number, or what is wrong with the expression: a Problem's code, data and what would mend it. */
export type ExpressionValue =
  | { readonly value: number }
  | { readonly code: string; readonly data: Problem['data']; readonly fixed?: string };

/** Nearer to a whole number than this, a result is that number: 0.1·30 is to be 3. */
const ROUNDING = 1e-9;

/** What an expression comes to; where `whole`, only a whole number will do. */
export function expressionValue(
  { parsed, text, whole }: Pick<ParamExpression, 'parsed' | 'text' | 'whole'>,
  scope: VariableScope,
): ExpressionValue {
  if ('error' in parsed) return { code: 'expression-not-readable', data: unreadable(parsed.error) };
  for (const { name, at } of namesIn(parsed.expression)) {
    if (scope.values.has(name)) continue;
    const code = scope.problems.has(name) ? 'expression-variable-broken' : 'expression-variable-unknown';
    return { code, data: { name, at: at + 1 } };
  }
  const value = evaluate(parsed.expression, scope.values);
  if (!Number.isFinite(value)) return { code: 'expression-no-number', data: { at: 1 } };
  if (!whole) return { value };
  const nearest = Math.round(value);
  if (Math.abs(value - nearest) <= ROUNDING * Math.max(1, Math.abs(value))) return { value: nearest };
  return {
    code: 'expression-not-whole',
    data: { at: 1, value: Number(value.toPrecision(6)) },
    fixed: `=round(${text.slice(1).trim()})`,
  };
}

interface Resolved {
  readonly scope: VariableScope;
  readonly params: JsonObject;
  readonly failed: readonly (ParamExpression & Extract<ExpressionValue, { code: string }>)[];
}

/** Resolved parameters by the object they were made of: what did not change stays the same object. */
const cache = new WeakMap<JsonObject, Resolved>();

/** The parameters of a node with numbers in place of expressions; one that gives none stays as it is. */
function resolve(node: Pick<NodeInstance, 'kind' | 'params'>, scope: VariableScope): Resolved {
  const earlier = cache.get(node.params);
  if (earlier?.scope === scope) return earlier;
  let params: JsonObject = node.params;
  const failed: Resolved['failed'][number][] = [];
  for (const expression of expressionsIn(node)) {
    if (expression.handedOn) continue;
    const result = expressionValue(expression, scope);
    if ('value' in result) params = replaceExpression(params, expression, result.value);
    else failed.push({ ...expression, ...result });
  }
  const same = earlier && JSON.stringify(earlier.params) === JSON.stringify(params);
  const resolved = { scope, params: same ? earlier.params : params, failed };
  cache.set(node.params, resolved);
  return resolved;
}

const shown = new WeakMap<JsonObject, { readonly scope: VariableScope; readonly params: JsonObject }>();

/** The node with numbers in place of expressions; the node itself where it has none. */
export function resolvedNode(node: NodeInstance, document: Pick<GraphDocument, 'variables'>): NodeInstance {
  const expressions = expressionsIn(node);
  if (expressions.length === 0) return node;
  const scope = variableScope(document);
  const known = shown.get(node.params);
  if (known?.scope === scope) return { ...node, params: known.params };
  let { params } = resolve(node, scope);
  for (const expression of expressions) {
    const result = expression.handedOn ? expressionValue(expression, scope) : undefined;
    if (result && 'value' in result) params = replaceExpression(params, expression, result.value);
  }
  shown.set(node.params, { scope, params });
  return { ...node, params };
}

function problemsOf(node: NodeInstance, { failed }: Resolved): Problem[] {
  const text = nodeText(node.kind);
  return failed.map(({ code, data, fixed, param, index, text: expression }): Problem => {
    const fixedValue: JsonValue | undefined =
      fixed === undefined ? undefined : replaceExpression(node.params, { param, index }, fixed)[param];
    return {
      code,
      severity: 'error',
      nodeId: node.id,
      param,
      data: { node: nodeTitle(node), label: text?.params[param]?.label ?? param, expression, ...data },
      ...(fixedValue !== undefined && {
        fix: { kind: 'set-param', nodeId: node.id, param, value: fixedValue },
      }),
      ...(code === 'expression-variable-unknown' && {
        fix: { kind: 'add-variable', name: String(data.name), value: 1 },
      }),
    };
  });
}

export interface ResolvedDocument {
  readonly document: GraphDocument;
  readonly problems: readonly Problem[];
}

/**
 * The document with numbers in place of expressions; the document itself where it has none. `isMeant`
 * chooses among the nodes.
 */
export function resolveExpressions(
  document: GraphDocument,
  isMeant: (node: NodeInstance) => boolean = () => true,
): ResolvedDocument {
  const scope = variableScope(document);
  const problems: Problem[] = [];
  const nodes = resolveNodes(document.nodes, scope, isMeant, (problem) => problems.push(problem));
  return { document: nodes === document.nodes ? document : { ...document, nodes }, problems };
}

function resolveNodes(
  nodes: GraphDocument['nodes'],
  scope: VariableScope,
  isMeant: (node: NodeInstance) => boolean,
  report: (problem: Problem) => void,
): GraphDocument['nodes'] {
  let changed = false;
  const resolvedNodes = nodes.map((node) => {
    if (!isMeant(node) || expressionsIn(node).length === 0) return node;
    const resolved = resolve(node, scope);
    for (const problem of problemsOf(node, resolved)) report(problem);
    changed = true;
    return { ...node, params: resolved.params };
  });
  return changed ? resolvedNodes : nodes;
}

const isInstance = ({ kind }: NodeInstance): boolean => kind === BLOCK_KIND;

/** The same for the instances of blocks alone, inside blocks too, which is what expanding them needs. */
export function withResolvedInstances(whole: GraphDocument): ResolvedDocument {
  const { document, problems } = resolveExpressions(whole, isInstance);
  const scope = variableScope(document);
  let changed = false;
  const blocks = document.blocks?.map((block) => {
    // What is wrong inside shows on the instances when they are expanded.
    const nodes = resolveNodes(block.nodes, scope, isInstance, () => undefined);
    if (nodes === block.nodes) return block;
    changed = true;
    return { ...block, nodes };
  });
  return { document: changed && blocks ? { ...document, blocks } : document, problems };
}

/** What is wrong with variables: an error where a node needs one of them, however indirectly, else a warning. */
export function variableProblems(document: GraphDocument, found: readonly Problem[]): readonly Problem[] {
  const { problems } = variableScope(document);
  if (problems.size === 0) return [];
  const needed = new Set(
    found.flatMap(({ code, data }) => (code === 'expression-variable-broken' ? [String(data.name)] : [])),
  );
  for (const name of needed) {
    const other = problems.get(name)?.data.other;
    // A set is walked with what is added on the way.
    if (typeof other === 'string' && problems.has(other)) needed.add(other);
  }
  return [...problems].map(([name, problem]) =>
    needed.has(name) ? problem : { ...problem, severity: 'warning' },
  );
}

/**
 * A problem of a resolved node, told of the node as it is written: a number that an expression gave is shown
 * with it. Undefined where the expression's own problem says it all.
 */
export function toldOfExpressions(
  problem: Problem,
  written: GraphDocument,
  reported: readonly Problem[],
): Problem | undefined {
  const { nodeId, param } = problem;
  if (param === undefined) return problem;
  const node = written.nodes.find(({ id }) => id === nodeId);
  const expressions = node ? expressionsIn(node).filter((expression) => expression.param === param) : [];
  if (reported.some((other) => other.nodeId === nodeId && other.param === param)) return undefined;
  const { value } = problem.data;
  if (expressions.length === 0 || value === undefined) return problem;
  const texts = expressions.map(({ text }) => text).join(', ');
  return { ...problem, data: { ...problem.data, value: `${texts} → ${value}`, at: 1 } };
}
