/** Texts about blocks (ICU messages). */
export const blockTexts = {
  blocks: {
    name: 'Block',
    path: 'Open block',
    instances: '{count, plural, one {# instance} other {# instances}}',
    instancesHelp: 'What is changed in here changes in every instance of the block.',
    copy: '{copy} of {repeat}',
    copyHelp: 'The copy whose shapes and problems are shown. All copies are made of the same nodes.',
    copyBefore: 'The copy before',
    copyAfter: 'The next copy',
  },
} as const;
