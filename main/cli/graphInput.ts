import { readFile } from 'node:fs/promises';
import { type CommandLineTextKey, formatCommandLine } from '#main/services/messages.ts';
import { formatProblem } from '#main/services/problemMessages.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import type { FactsByNode } from '#shared/compile/plan.ts';
import { setVariable } from '#shared/graph/commands.ts';
import { type GraphDocument, type TrainingSetup, trainingSchema } from '#shared/graph/document.ts';
import { parseDocument } from '#shared/graph/parseDocument.ts';
import { variableScope } from '#shared/graph/variableScope.ts';
import { findNodeDefinition } from '#shared/nodes/registry.ts';
import type { JsonValue } from '#shared/protocol/json.ts';
import type { FailureData } from '#shared/protocol/run.ts';
import { issueData } from '#shared/protocol/schemaIssue.ts';
import { templates } from '#shared/templates/index.ts';
import { CommandError } from './commandError.ts';
import { exitCodes } from './exitCodes.ts';

/** Every setting that `training` has. */
const trainingDefaults = trainingSchema.parse({});

/** A graph by file path or template id; `name` is what it is called where that is no name that a person gave it. */
export async function readGraph(source: string, name = source): Promise<GraphDocument> {
  const template = templates.find(({ id }) => id === source);
  let text: string;
  try {
    text = await readFile(source, 'utf8');
  } catch (error) {
    if (template) return template.document;
    const ids = templates.map(({ id }) => id).join(', ');
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const detail = missing ? 'none' : error instanceof Error ? error.message : String(error);
    throw inputError('not-found', 'neither-file-nor-template', { source, templates: ids, detail });
  }
  const document = parseDocument(text);
  if (document.ok) return document.value;
  throw new CommandError({
    exitCode: exitCodes.input,
    code: 'invalid-graph',
    message: formatCommandLine('graph-unreadable', { source: name }),
    problems: document.error,
  });
}

export interface Overrides {
  readonly epochs?: number | undefined;
  readonly seed?: number | undefined;
  /** `node.param=value` or `variable=value`; the value is JSON, or text where it is none. */
  readonly set?: readonly string[] | undefined;
}

/** The graph with what the command line changes in it. */
export function applyOverrides(document: GraphDocument, overrides: Overrides): GraphDocument {
  const { epochs, seed, set = [] } = overrides;
  let changed: GraphDocument = {
    ...document,
    training: {
      ...document.training,
      ...(epochs !== undefined && { epochs }),
      ...(seed !== undefined && { seed }),
    },
  };
  for (const assignment of set) changed = assign(changed, assignment);
  return changed;
}

function assign(document: GraphDocument, assignment: string): GraphDocument {
  const [, name, given = ''] = /^([A-Za-z]\w*)=([\s\S]*)$/.exec(assignment) ?? [];
  if (name !== undefined) return assignVariable(document, { assignment, name, text: given });
  const match = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_.]+)=([\s\S]*)$/.exec(assignment);
  const [, nodeId = '', param = '', text = ''] = match ?? [];
  if (!match) throw usageError('set-form', { assignment });
  if (nodeId === 'training')
    return { ...document, training: assignTraining(document, assignment, param, text) };
  const node = document.nodes.find(({ id }) => id === nodeId);
  if (!node) {
    const ids = document.nodes.map(({ id }) => id).join(', ');
    throw inputError('unknown-node', 'unknown-node', { assignment, node: nodeId, nodes: ids });
  }
  const definition = findNodeDefinition(node.kind);
  if (definition && !Object.hasOwn(definition.params.shape, param)) {
    const names = Object.keys(definition.params.shape).join(', ');
    const owner = `${nodeId} (${node.kind})`;
    throw inputError('unknown-param', 'unknown-param', { assignment, node: owner, param, params: names });
  }
  const params = { ...node.params, [param]: parseValue(text) };
  return {
    ...document,
    nodes: document.nodes.map((other) => (other.id === nodeId ? { ...other, params } : other)),
  };
}

/** A number, or an expression of other variables with or without `=` before it. */
function assignVariable(
  document: GraphDocument,
  { assignment, name, text }: { assignment: string; name: string; text: string },
): GraphDocument {
  const { variables = [] } = document;
  if (!variables.some((variable) => variable.name === name)) {
    const names = variables.map((variable) => variable.name).join(', ') || 'none';
    throw inputError('unknown-variable', 'unknown-variable', { assignment, name, variables: names });
  }
  const value =
    text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : `=${text.replace(/^=/, '')}`;
  const changed = setVariable(name, { value }).apply(document);
  const problem = changed.ok ? variableScope(changed.value).problems.get(name) : changed.error;
  if (changed.ok && !problem) return changed.value;
  const reason = problem ? formatProblem(problem) : '';
  throw inputError('invalid-variable', 'invalid-variable', { assignment, reason });
}

/** `training.batchSize`, `training.earlyStopping.enabled`: what the graph file has under `training`. */
function assignTraining(
  document: GraphDocument,
  assignment: string,
  param: string,
  text: string,
): TrainingSetup {
  const { training } = document;
  const [group = '', name = ''] = param.startsWith('earlyStopping.') ? param.split('.') : ['', param];
  const known = Object.keys(group ? trainingDefaults.earlyStopping : trainingDefaults);
  if (!known.includes(name) || name === 'earlyStopping') {
    const names = [
      ...Object.keys(trainingDefaults).filter((key) => key !== 'earlyStopping'),
      ...Object.keys(trainingDefaults.earlyStopping).map((key) => `earlyStopping.${key}`),
    ];
    const params = names.join(', ');
    throw inputError('unknown-param', 'unknown-param', { assignment, node: 'training', param, params });
  }
  const value = parseValue(text);
  const next = group
    ? { ...training, earlyStopping: { ...training.earlyStopping, [name]: value } }
    : { ...training, [name]: value };
  const parsed = trainingSchema.safeParse(next);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const why = issue ? issueData(issue, next) : {};
  throw inputError('invalid-param', 'invalid-param', { assignment, ...why });
}

function parseValue(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

/** Throws with every problem where the graph cannot be trained. */
export function requirePlan(document: GraphDocument, facts: FactsByNode): void {
  const plan = createPlan(document, facts);
  if (plan.ok) return;
  throw new CommandError({
    exitCode: exitCodes.input,
    code: 'invalid-graph',
    message: formatCommandLine('graph-not-trainable'),
    problems: plan.error,
  });
}

/** Wrong input: `code` is for programs, `key` names the text. */
export function inputError(code: string, key: CommandLineTextKey, data: FailureData = {}): CommandError {
  return new CommandError({ exitCode: exitCodes.input, code, message: formatCommandLine(key, data) });
}

export function usageError(key: CommandLineTextKey, data: FailureData = {}): CommandError {
  return new CommandError({
    exitCode: exitCodes.usage,
    code: 'usage',
    message: formatCommandLine(key, data),
  });
}
