import type { NodeDefinition, NodeText } from '../nodes/defineNode.ts';
import { findNodeDefinition } from '../nodes/registry.ts';

/** What another language says of the node types; what it lacks stays English. */
export interface NodeTranslation {
  /** Texts of a node type. */
  text(definition: NodeDefinition): NodeText;
  /** The summary of its lesson. */
  lesson(definition: NodeDefinition): string | undefined;
  /** A line of a card, e.g. `32 filters · 3×3 · same`. */
  summaryLine(line: string): string;
}

// The language of this process: a window shows one at a time. Whoever changes it has the open graph
// analysed again, since problems name nodes by their titles.
let translation: NodeTranslation | null = null;
let translated = new WeakMap<NodeDefinition, NodeText>();

/** Sets the language in which node types are spoken of; null is English, in which they are written. */
export function speakOfNodes(next: NodeTranslation | null): void {
  translation = next;
  translated = new WeakMap();
}

/** Texts of a node type, or of a block in that form, in the language of this process. */
export function definitionText(definition: NodeDefinition): NodeText {
  if (!translation) return definition.text;
  const known = translated.get(definition);
  if (known) return known;
  const text = translation.text(definition);
  translated.set(definition, text);
  return text;
}

/** The same by kind; undefined for one that is not registered. */
export function nodeText(kind: string): NodeText | undefined {
  const definition = findNodeDefinition(kind);
  return definition && definitionText(definition);
}

/** The lesson's summary; undefined where a node type has no lesson. */
export function lessonText(definition: NodeDefinition): string | undefined {
  return translation?.lesson(definition) ?? definition.lesson?.summary;
}

/** The one or two lines on a node's card. */
export function summaryLines(
  definition: NodeDefinition,
  params: Readonly<Record<string, unknown>>,
): readonly string[] {
  const lines = definition.summary(params);
  return translation ? lines.map(translation.summaryLine) : lines;
}
