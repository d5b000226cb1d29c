// The window's door to the texts of nodes: they follow its language.
export { definitionText, lessonText, nodeText, summaryLines } from '#shared/i18n/nodeTexts.ts';
