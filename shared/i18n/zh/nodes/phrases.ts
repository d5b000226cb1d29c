/** Labels, options, ports and help of the node types in Chinese, by their English. */
export const phrases: Readonly<Record<string, string>> = {};
