import type { ReadyBlock } from '../blocks/readyBlock.ts';
import type { BlockDefinition } from '../graph/document.ts';

/** What another language says of the ready-made blocks; what it lacks stays English. */
export interface ReadyBlockTexts {
  /** By the id of the definition. */
  readonly blocks: Readonly<Record<string, { readonly title: string; readonly description: string }>>;
  /** Titles of the nodes inside, by their English. */
  readonly titles: Readonly<Record<string, string>>;
  /** Ports, by their ids. */
  readonly ports: Readonly<Record<string, string>>;
}

// As with the node types: the language of this process, null for English, in which the blocks are written.
let spoken: ReadyBlockTexts | null = null;
let translated = new WeakMap<ReadyBlock, readonly BlockDefinition[]>();

export function speakOfReadyBlocks(texts: ReadyBlockTexts | null): void {
  spoken = texts;
  translated = new WeakMap();
}

/** The definitions of a block in another language: once added they are a person's own to rename. */
export function translateReadyBlock(
  { definitions }: ReadyBlock,
  { blocks, titles, ports }: ReadyBlockTexts,
): readonly BlockDefinition[] {
  const translatePort = <Port extends { readonly id: string }>(port: Port): Port => {
    const own = ports[port.id];
    return own === undefined ? port : { ...port, title: own };
  };
  return definitions.map((definition) => ({
    ...definition,
    ...blocks[definition.id],
    inputs: definition.inputs.map(translatePort),
    outputs: definition.outputs.map(translatePort),
    nodes: definition.nodes.map((node) =>
      node.title === undefined ? node : { ...node, title: titles[node.title] ?? node.title },
    ),
  }));
}

/** The definitions of a block in the language of this process, the same objects until it changes. */
export function readyBlockDefinitions(block: ReadyBlock): readonly BlockDefinition[] {
  if (!spoken) return block.definitions;
  const known = translated.get(block) ?? translateReadyBlock(block, spoken);
  translated.set(block, known);
  return known;
}
