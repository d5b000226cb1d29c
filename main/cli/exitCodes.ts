/** What the command line's exit status means; scripts may rely on it. */
export const exitCodes = {
  done: 0,
  /** The input is wrong: a graph with problems, a folder that is no run. The message says where. */
  input: 1,
  usage: 2,
  /** The engine or the machine failed. */
  runtime: 3,
  /** Ctrl+C, after a checkpoint. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
