import { mentionedNames } from '../expressions/parseExpression.ts';
import type { GraphDocument, NodeInstance } from './document.ts';
import { expressionsIn, isExpression } from './paramExpressions.ts';

/** A place where a variable is named. */
export type VariableUse =
  /** `block` is the id of the definition that the node is in; undefined for the document's own nodes. */
  | { readonly nodeId: string; readonly param: string; readonly block: string | undefined }
  | { readonly variable: string };

/** Where each name is used, in the order of the document; names without a variable among them. */
export function variableUses(document: GraphDocument): ReadonlyMap<string, readonly VariableUse[]> {
  const uses = new Map<string, VariableUse[]>();
  const note = (text: string, use: VariableUse): void => {
    for (const name of mentionedNames(text.slice(1))) {
      const list = uses.get(name);
      if (list) list.push(use);
      else uses.set(name, [use]);
    }
  };
  const visit = (nodes: readonly NodeInstance[], block: string | undefined): void => {
    for (const node of nodes) {
      for (const { param, text } of expressionsIn(node)) note(text, { nodeId: node.id, param, block });
    }
  };
  for (const { name, value } of document.variables ?? [])
    if (isExpression(value)) note(value, { variable: name });
  visit(document.nodes, undefined);
  for (const block of document.blocks ?? []) visit(block.nodes, block.id);
  return uses;
}
