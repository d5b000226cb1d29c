/** What a node type dragged out of the library carries. */
export const NODE_KIND_TYPE = 'application/x-neuroloom-kind';
