import type { GraphDocument, NodeInstance } from '../graph/document.ts';
import { nodeDefinitions } from '../nodes/registry.ts';
import type { Template } from '../templates/template.ts';
import { nodeText } from './nodeTexts.ts';

/** What another language says of the templates; what it lacks stays English. */
export interface TemplateTexts {
  /** By id. */
  readonly templates: Readonly<Record<string, { readonly title: string; readonly description: string }>>;
  /** By their English name. */
  readonly architectures: Readonly<Record<string, string>>;
  /** Titles of nodes and blocks in the templates' graphs, by their English. */
  readonly titles: Readonly<Record<string, string>>;
  /** What the blocks in them say of themselves, by their English. */
  readonly descriptions: Readonly<Record<string, string>>;
  /** Ports of the blocks in them, by their ids. */
  readonly ports: Readonly<Record<string, string>>;
}

/** A template's graph with its name and titles in another language: what a person opens is theirs to rename. */
export function translateTemplate(template: Template, texts: TemplateTexts): GraphDocument {
  const title = (english: string): string => texts.titles[english] ?? english;
  const translateNode = (node: NodeInstance): NodeInstance =>
    node.title === undefined ? node : { ...node, title: title(node.title) };
  const translatePort = <Port extends { readonly id: string }>(port: Port): Port => {
    const own = texts.ports[port.id];
    return own === undefined ? port : { ...port, title: own };
  };
  const { document } = template;
  return {
    ...document,
    name: texts.templates[template.id]?.title ?? document.name,
    nodes: document.nodes.map(translateNode),
    ...(document.blocks && {
      blocks: document.blocks.map((block) => ({
        ...block,
        ...(block.title !== undefined && { title: title(block.title) }),
        ...(block.description !== undefined && {
          description: texts.descriptions[block.description] ?? block.description,
        }),
        inputs: block.inputs.map(translatePort),
        outputs: block.outputs.map(translatePort),
        nodes: block.nodes.map(translateNode),
      })),
    }),
    ...(document.frames && {
      frames: document.frames.map((frame) => ({ ...frame, title: title(frame.title) })),
    }),
  };
}

// As with the node types: the language of this process, null for English, in which templates are written.
let spoken: TemplateTexts | null = null;

export function speakOfTemplates(texts: TemplateTexts | null): void {
  spoken = texts;
}

/** What is said of a template where one is chosen. */
export function templateText({ id, title, description, architecture, dataset }: Omit<Template, 'document'>) {
  const data = nodeDefinitions.find(({ text }) => text.title === dataset);
  return {
    title: spoken?.templates[id]?.title ?? title,
    description: spoken?.templates[id]?.description ?? description,
    architecture: architectureText(architecture),
    dataset: (data && nodeText(data.kind)?.title) ?? dataset,
  };
}

export function architectureText(architecture: string): string {
  return spoken?.architectures[architecture] ?? architecture;
}

/** A template's graph to be opened, its titles in the language of this process. */
export function templateDocument(template: Template): GraphDocument {
  return spoken ? translateTemplate(template, spoken) : template.document;
}
