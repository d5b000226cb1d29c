import type { PictureFault } from '#shared/protocol/data.ts';

/** A picture cannot be read. */
export class PictureError extends Error {
  readonly fault: PictureFault;
  constructor(fault: PictureFault, detail: string = fault, options?: ErrorOptions) {
    super(detail, options);
    this.name = 'PictureError';
    this.fault = fault;
  }
}
