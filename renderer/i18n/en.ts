import { en as sharedTexts } from '#shared/i18n/en.ts';
import { hostTexts } from '#shared/i18n/hostTexts.ts';

import { blockTexts } from './blockTexts.ts';

import { commandTexts } from './commandTexts.ts';
import { compareTexts } from './compareTexts.ts';
import { dialogTexts } from './dialogTexts.ts';
import { dockTexts } from './dockTexts.ts';
import { startTexts } from './startTexts.ts';
import { tourTexts } from './tourTexts.ts';
import { uiTexts } from './uiTexts.ts';

/** Every English text of the window: its own, and those of problems, edits and failures. */
export const en = {
  ...sharedTexts,
  ...uiTexts,
  ...blockTexts,
  ...commandTexts,
  ...compareTexts,
  ...dialogTexts,
  ...dockTexts,
  ...startTexts,
  ...tourTexts,
  hostFailures: hostTexts.failures,
};
