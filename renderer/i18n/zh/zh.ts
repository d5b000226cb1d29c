import '@fontsource-variable/noto-sans-sc';
import schemaErrors from 'zod/v4/locales/zh-CN.js';
import type { Translated } from '#shared/i18n/translated.ts';
import { hostTexts } from '#shared/i18n/zh/hostTexts.ts';
import { nodeTranslation } from '#shared/i18n/zh/nodes/nodeTranslation.ts';
import { readyBlockTexts } from '#shared/i18n/zh/readyBlockTexts.ts';
import { templateTexts } from '#shared/i18n/zh/templateTexts.ts';
import { zh as sharedTexts } from '#shared/i18n/zh/zh.ts';
import type { en } from '../en.ts';
import { blockTexts } from './blockTexts.ts';
import { commandTexts } from './commandTexts.ts';
import { compareTexts } from './compareTexts.ts';
import { dialogTexts } from './dialogTexts.ts';
import { dockTexts } from './dockTexts.ts';
import { startTexts } from './startTexts.ts';
import { tourTexts } from './tourTexts.ts';
import { uiTexts } from './uiTexts.ts';

const texts: Translated<typeof en> = {
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

/** All that the window needs to be Chinese, its font included: fetched when it is first shown. */
export const chinese = {
  texts,
  nodes: nodeTranslation,
  templates: templateTexts,
  readyBlocks: readyBlockTexts,
  schemaErrors: schemaErrors().localeError,
};
