/** Where a canvas is looked at from. */
interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

const viewports = new Map<string, Viewport>();

/** Where an open document was last looked at from; undefined for one that is to be fitted. */
export const viewportOf = (documentId: string): Viewport | undefined => viewports.get(documentId);

/** Kept beside the stores: it changes at every move and nobody draws by it. */
export function noteViewport(documentId: string, viewport: Viewport): void {
  viewports.set(documentId, viewport);
}
