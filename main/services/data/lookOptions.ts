export interface LookOptions {
  readonly signal?: AbortSignal | undefined;
  /** Bytes or files looked at, of all. */
  onProgress?(done: number, total: number): void;
}
