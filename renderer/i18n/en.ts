import { en as sharedTexts } from '#shared/i18n/en.ts';
import { nodeDefinitions } from '#shared/nodes/registry.ts';
import { blockTexts } from './blockTexts.ts';
import { commandTexts } from './commandTexts.ts';
import { dialogTexts } from './dialogTexts.ts';
import { dockTexts } from './dockTexts.ts';
import { startTexts } from './startTexts.ts';
import { uiTexts } from './uiTexts.ts';

/** Every English text of the window: its own, those of problems and commands, and those of the nodes. */
export const en = {
  ...sharedTexts,
  ...uiTexts,
  ...blockTexts,
  ...commandTexts,
  ...dialogTexts,
  ...dockTexts,
  ...startTexts,
  nodes: Object.fromEntries(nodeDefinitions.map(({ kind, text }) => [kind, text])),
};
