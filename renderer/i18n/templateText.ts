import type { GraphDocument } from '#shared/graph/document.ts';
import { type TemplateTexts, translateTemplate } from '#shared/i18n/templateTexts.ts';
import { nodeDefinitions } from '#shared/nodes/registry.ts';
import type { Template } from '#shared/templates/index.ts';
import { nodeText } from './nodeText.ts';

// Set with the window's language; null is English, in which templates are written.
let texts: TemplateTexts | null = null;

export function speakOfTemplates(next: TemplateTexts | null): void {
  texts = next;
}

/** What the start screen and the palette say of a template. */
export function templateText({ id, title, description, architecture, dataset }: Template) {
  const data = nodeDefinitions.find(({ text }) => text.title === dataset);
  return {
    title: texts?.templates[id]?.title ?? title,
    description: texts?.templates[id]?.description ?? description,
    architecture: architectureText(architecture),
    dataset: (data && nodeText(data.kind)?.title) ?? dataset,
  };
}

export function architectureText(architecture: string): string {
  return texts?.architectures[architecture] ?? architecture;
}

/** A template's graph to be opened, its titles in the window's language. */
export function templateDocument(template: Template): GraphDocument {
  return texts ? translateTemplate(template, texts) : template.document;
}
