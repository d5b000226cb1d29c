/** What stands on the cards of nodes, by its English form. */
export const cardPhrases: readonly (readonly [pattern: RegExp, chinese: string])[] = [];
