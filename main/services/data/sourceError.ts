import type { SourceProblem } from '#shared/protocol/data.ts';

/** A source cannot be used; the problem is shown on its data node. */
export class SourceError extends Error {
  readonly problem: SourceProblem;
  constructor(code: string, data: SourceProblem['data'] = {}, param = 'path') {
    super(code);
    this.name = 'SourceError';
    this.problem = { code, data, param };
  }
}
