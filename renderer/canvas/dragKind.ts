/** What a node type dragged out of the library carries. */
export const NODE_KIND_TYPE = 'application/x-neuroloom-kind';

/** The type in hand: while it is dragged, the browser keeps to itself what it carries. */
let inHand: string | null = null;

export const kindInHand = (): string | null => inHand;

/** A node type or block is taken out of the library. */
export function takeKind(transfer: DataTransfer, kind: string): void {
  transfer.setData(NODE_KIND_TYPE, kind);
  transfer.effectAllowed = 'copy';
  inHand = kind;
}

export function dropKind(): void {
  inHand = null;
}
