import type { z } from 'zod';
import type { JsonObject, JsonValue } from '../protocol/json.ts';
import { fail, ok, type Problem, type Result } from '../protocol/problem.ts';
import { issueData } from '../protocol/schemaIssue.ts';
import { findUnfitJson } from './checkJson.ts';
import {
  DOCUMENT_FORMAT,
  DOCUMENT_VERSION,
  edgeId,
  type GraphDocument,
  graphDocumentSchema,
  MAX_EDGES,
  MAX_NODES,
} from './document.ts';
import { findJsonError, type JsonPath, locateJsonPath } from './jsonText.ts';
import { isJsonObject } from './migrations/migration.ts';
import { migrate } from './migrations/registry.ts';

/** A file that is wrong in thousands of places is described by its first ones. */
const MAX_PROBLEMS = 20;

const error = (code: string, data: Problem['data'] = {}): Problem => ({ code, severity: 'error', data });

/** `nodes[3].position.x` */
export function formatJsonPath(path: JsonPath): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`))
    .join('');
}

function describeNode(json: JsonObject, path: JsonPath): Problem['data'] {
  if (path[0] !== 'nodes' || typeof path[1] !== 'number' || !Array.isArray(json.nodes)) return {};
  const node = json.nodes[path[1]];
  return isJsonObject(node) && typeof node.id === 'string' ? { node: node.id } : {};
}

function issueProblem(issue: z.core.$ZodIssue, json: JsonObject, text: string): Problem {
  const path = issue.path.filter((key) => typeof key !== 'symbol');
  return error('document-invalid', {
    path: formatJsonPath(path),
    ...issueData(issue, json),
    ...locateJsonPath(text, path),
    ...describeNode(json, path),
  });
}

function duplicates(
  document: Pick<GraphDocument, 'nodes' | 'edges'>,
  text: string,
  path: JsonPath = [],
): Problem[] {
  const problems: Problem[] = [];
  const ids = new Set<string>();
  document.nodes.forEach(({ id }, index) => {
    // Each is looked for in the text.
    if (problems.length < MAX_PROBLEMS && ids.has(id)) {
      problems.push({
        ...error('duplicate-node-id', { id, ...locateJsonPath(text, [...path, 'nodes', index, 'id']) }),
        nodeId: id,
      });
    }
    ids.add(id);
  });
  const edges = new Set<string>();
  document.edges.forEach((edge, index) => {
    const id = edgeId(edge);
    if (problems.length < MAX_PROBLEMS && edges.has(id)) {
      problems.push({
        ...error('duplicate-edge', { id, ...locateJsonPath(text, [...path, 'edges', index]) }),
        edgeId: id,
      });
    }
    edges.add(id);
  });
  return problems;
}

function repeatedVariables({ variables = [] }: GraphDocument, text: string): Problem[] {
  const names = new Set<string>();
  return variables.flatMap(({ name }, index): Problem[] => {
    if (!names.has(name)) {
      names.add(name);
      return [];
    }
    const { line, column } = locateJsonPath(text, ['variables', index, 'name']);
    return [{ ...error('duplicate-variable', { name, line, column }), variable: name }];
  });
}

/** Sheer numbers, which are told before each of them is looked at. */
function tooMany(json: JsonValue): Problem | undefined {
  if (!isJsonObject(json)) return undefined;
  const count = (key: string): number => {
    const { blocks } = json;
    const places = [json, ...(Array.isArray(blocks) ? blocks : [])].map((place) =>
      isJsonObject(place) ? place[key] : undefined,
    );
    return places.reduce<number>((sum, list) => sum + (Array.isArray(list) ? list.length : 0), 0);
  };
  if (json.format !== DOCUMENT_FORMAT || Number(json.version) > DOCUMENT_VERSION) return undefined;
  if (count('nodes') <= MAX_NODES && count('edges') <= MAX_EDGES) return undefined;
  return error('document-too-large', { nodes: count('nodes'), limit: MAX_NODES });
}

/** Checks JSON that is already parsed: format, version, migrations, schema, ids. `text` serves to say where. */
function readDocument(json: JsonValue, text: string): Result<GraphDocument, Problem[]> {
  if (!isJsonObject(json) || json.format !== DOCUMENT_FORMAT) return fail([error('not-a-document')]);
  const { version } = json;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 0) {
    return fail([error('version-missing', { ...locateJsonPath(text, ['version']) })]);
  }
  if (version > DOCUMENT_VERSION) {
    return fail([error('newer-version', { version, supported: DOCUMENT_VERSION })]);
  }
  const current = migrate(json, version);
  const parsed = graphDocumentSchema.safeParse(current);
  if (!parsed.success) {
    // Of several at one place the last has the narrowest limits.
    const issues = new Map(parsed.error.issues.map((issue) => [issue.path.join('/'), issue]));
    return fail(
      [...issues.values()].slice(0, MAX_PROBLEMS).map((issue) => issueProblem(issue, current, text)),
    );
  }
  const repeated = [
    ...repeatedVariables(parsed.data, text),
    ...duplicates(parsed.data, text),
    ...(parsed.data.blocks ?? []).flatMap((block, index) => duplicates(block, text, ['blocks', index])),
  ].slice(0, MAX_PROBLEMS);
  return repeated.length > 0 ? fail(repeated) : ok(parsed.data);
}

/**
 * Reads a saved document of any version up to the newest. Every Problem names its place: line and
 * column, and the path within the document. Node kinds that are not known and wires that end nowhere
 * are kept: `analyze` shows them as Problems on the canvas, where they can be mended.
 */
export function parseDocument(text: string): Result<GraphDocument, Problem[]> {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (source.trim() === '') return fail([error('file-empty')]);
  let json: JsonValue;
  try {
    json = JSON.parse(source) as JsonValue;
  } catch {
    return fail([
      error('json-broken', { ...(findJsonError(source) ?? { reason: 'value', line: 1, column: 1 }) }),
    ]);
  }
  const many = tooMany(json);
  if (many) return fail([many]);
  const unfit = findUnfitJson(json);
  if (unfit?.reason === 'depth')
    return fail([error('json-broken', { reason: 'depth', ...locateJsonPath(source, unfit.path) })]);
  if (unfit) {
    const path = formatJsonPath(unfit.path);
    return fail([error('forbidden-key', { path, ...locateJsonPath(source, unfit.path) })]);
  }
  return readDocument(json, source);
}
