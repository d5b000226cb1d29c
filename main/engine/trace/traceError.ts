/** A forward function did what cannot be recorded: names the node that did it. */
export class TraceError extends Error {
  readonly nodePath: string;
  constructor(nodePath: string, what: string) {
    super(`${nodePath}: ${what}`);
    this.name = 'TraceError';
    this.nodePath = nodePath;
  }
}
