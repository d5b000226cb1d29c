/** The Chinese of one node type. Labels, ports and help that need no words of their own come from `labelPhrases` and `helpPhrases`. */
export interface KindTexts {
  readonly title: string;
  /** One line: what it does. */
  readonly description: string;
  /** The summary of its lesson. */
  readonly lesson?: string;
  /** Words people may search for, besides the English ones. */
  readonly aliases?: readonly string[];
  /** Labels by parameter, where the English one means something else elsewhere. */
  readonly params?: Readonly<Record<string, string>>;
  /** By port, likewise. */
  readonly ports?: Readonly<Record<string, string>>;
}
