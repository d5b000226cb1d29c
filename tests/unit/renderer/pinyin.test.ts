import { afterAll, beforeAll, expect, it } from 'vitest';
import { pinyinInitials } from '#renderer/library/pinyin.ts';
import { searchNodes } from '#renderer/library/searchNodes.ts';
import { speakOfNodes } from '#shared/i18n/nodeTexts.ts';
import { nodeTranslation } from '#shared/i18n/zh/nodes/nodeTranslation.ts';

beforeAll(() => speakOfNodes(nodeTranslation));
afterAll(() => speakOfNodes(null));

it.each([
  ['卷积', 'jj'],
  ['批归一化', 'pgyh'],
  ['学习率', 'xxl'],
  ['Softmax 交叉熵', 'softmax jcs'],
  ['Dense', ''],
])('the initials of %s are %s', (text, initials) => {
  expect(pinyinInitials(text)).toBe(initials);
});

it.each([
  ['批归一化', 'batch-normalization'],
  ['全连接', 'dense'],
  ['dense', 'dense'],
  ['qljc', 'dense'],
  ['多头注意力', 'multi-head-attention'],
  ['交叉熵', 'softmax-cross-entropy'],
  ['过拟合', 'dropout'],
])('“%s” finds %s first', (query, kind) => {
  expect(searchNodes(query)[0]?.kind).toBe(kind);
});
