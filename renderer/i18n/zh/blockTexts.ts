import type { Translated } from '#shared/i18n/translated.ts';
import type { blockTexts as english } from '../blockTexts.ts';

/** Chinese texts about blocks (ICU messages). */
export const blockTexts: Translated<typeof english> = {
  blocks: {
    name: '模块',
    path: '打开的模块',
    instances: '{count, plural, other {# 个实例}}',
    instancesHelp: '在这里的更改会作用于该模块的每个实例。',
    copy: '{copy} / {repeat}',
    copyHelp: '显示哪一份的形状和问题。所有份都由相同的节点组成。',
    copyBefore: '上一份',
    copyAfter: '下一份',
  },
};
