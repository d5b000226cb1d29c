import { mentionedNames, replaceName } from '../expressions/parseExpression.ts';
import type { JsonObject } from '../protocol/json.ts';
import { fail, ok, type Problem, type Result } from '../protocol/problem.ts';
import type { Command } from './command.ts';
import {
  type GraphDocument,
  type NodeInstance,
  type Variable,
  variableNameSchema,
  variableSchema,
} from './document.ts';
import { expressionsIn, isExpression, replaceExpression } from './paramExpressions.ts';

const refuse = (code: string, name: string): Result<never, Problem> =>
  fail({ code, severity: 'error', variable: name, data: { name } });

function checkNewName({ variables = [] }: GraphDocument, name: string): Result<null, Problem> {
  if (!variableNameSchema.safeParse(name).success) return refuse('variable-name-invalid', name);
  if (variables.some((variable) => variable.name === name)) return refuse('variable-exists', name);
  return ok(null);
}

/** `size`, `size2`, …: a name that no variable has. */
export function nextVariableName({ variables = [] }: GraphDocument): string {
  const taken = new Set(variables.map(({ name }) => name));
  let name = 'size';
  for (let number = 2; taken.has(name); number++) name = `size${number}`;
  return name;
}

export function addVariable(variable: Variable): Command {
  return {
    label: { key: 'add-variable', data: { name: variable.name } },
    apply(document) {
      const checked = checkNewName(document, variable.name);
      if (!checked.ok) return checked;
      return setVariables(document, [...(document.variables ?? []), variable]);
    },
  };
}

/** Changes the value or the description; an empty description is left out. */
export function setVariable(name: string, patch: Partial<Pick<Variable, 'value' | 'description'>>): Command {
  return {
    label: { key: 'set-variable', data: { name } },
    mergeKey: `variable:${name}:${Object.keys(patch).toSorted().join(',')}`,
    apply(document) {
      const { variables = [] } = document;
      if (!variables.some((variable) => variable.name === name)) return refuse('variable-not-found', name);
      return setVariables(
        document,
        variables.map((variable) => {
          if (variable.name !== name) return variable;
          const { description, ...rest } = { ...variable, ...patch };
          return { ...rest, ...(description && { description }) };
        }),
      );
    },
  };
}

function setVariables(
  document: GraphDocument,
  variables: readonly Variable[],
): Result<GraphDocument, Problem> {
  for (const variable of variables) {
    if (!variableSchema.safeParse(variable).success) return refuse('variable-value-invalid', variable.name);
  }
  const { variables: _, ...rest } = document;
  return ok(variables.length > 0 ? { ...document, variables: [...variables] } : (rest as GraphDocument));
}

/** Every expression of the document, in variables and in nodes, also those of blocks, passed through `change`. */
function changeExpressions(
  document: GraphDocument,
  name: string,
  change: (text: string) => string | number,
): GraphDocument {
  const changeParams = (node: NodeInstance): JsonObject =>
    expressionsIn(node).reduce(
      (params, expression) =>
        mentionedNames(expression.text.slice(1)).has(name)
          ? replaceExpression(params, expression, change(expression.text))
          : params,
      node.params,
    );
  const changeNodes = (nodes: GraphDocument['nodes']): GraphDocument['nodes'] => {
    let changed = false;
    const next = nodes.map((node) => {
      const params = changeParams(node);
      if (params === node.params) return node;
      changed = true;
      return { ...node, params };
    });
    return changed ? next : nodes;
  };
  const blocks = document.blocks?.map((block) => {
    const nodes = changeNodes(block.nodes);
    return nodes === block.nodes ? block : { ...block, nodes };
  });
  return {
    ...document,
    nodes: changeNodes(document.nodes),
    ...(blocks?.some((block, index) => block !== document.blocks?.[index]) && { blocks }),
    ...(document.variables && {
      variables: document.variables.map((variable) =>
        isExpression(variable.value) && mentionedNames(variable.value.slice(1)).has(name)
          ? { ...variable, value: change(variable.value) }
          : variable,
      ),
    }),
  };
}

/** Gives a variable another name, in every expression that uses it as well. */
export function renameVariable(from: string, to: string): Command {
  return {
    label: { key: 'rename-variable', data: { from, to } },
    apply(document) {
      const { variables = [] } = document;
      if (!variables.some(({ name }) => name === from)) return refuse('variable-not-found', from);
      if (from === to) return ok(document);
      const checked = checkNewName(document, to);
      if (!checked.ok) return checked;
      const renamed = changeExpressions(document, from, (text) => `=${replaceName(text.slice(1), from, to)}`);
      return ok({
        ...renamed,
        ...(renamed.variables && {
          variables: renamed.variables.map((variable) =>
            variable.name === from ? { ...variable, name: to } : variable,
          ),
        }),
      });
    },
  };
}

/** Removes a variable; where it was used its value is written out, so that the network stays the same. */
export function removeVariable(name: string): Command {
  return {
    label: { key: 'remove-variable', data: { name } },
    apply(document) {
      const variable = document.variables?.find((candidate) => candidate.name === name);
      if (!variable) return refuse('variable-not-found', name);
      const { value } = variable;
      const writtenOut = isExpression(value)
        ? `(${value.slice(1)})`
        : value < 0
          ? `(${value})`
          : String(value);
      const without = {
        ...document,
        variables: document.variables?.filter((candidate) => candidate !== variable) ?? [],
      };
      const changed = changeExpressions(without, name, (text) =>
        text.slice(1).trim() === name ? value : `=${replaceName(text.slice(1), name, writtenOut)}`,
      );
      return setVariables(changed, changed.variables ?? []);
    },
  };
}
