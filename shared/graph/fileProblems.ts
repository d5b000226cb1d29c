import type { Problem } from '../protocol/problem.ts';

const error = (code: string, data: Problem['data'] = {}): Problem => ({ code, severity: 'error', data });

/** Why a file that was given to the window is not even looked into; sizes in bytes. */
export const fileProblems = {
  tooLarge: (size: number, limit: number): Problem =>
    error('file-too-large', { size: Math.round(size / 1e6), limit: Math.round(limit / 1e6) }),
  notAGraph: (): Problem => error('file-not-a-graph'),
  /** A table is data: there is a node for it. */
  isTable: (): Problem => error('file-is-table'),
  notText: (): Problem => error('file-not-text'),
  unreadable: (): Problem => error('file-unreadable'),
  pictureWithoutGraph: (): Problem => error('picture-without-graph'),
};
