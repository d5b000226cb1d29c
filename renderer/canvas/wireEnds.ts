/** The two ports that a wire joins. */
export interface Ends {
  readonly sourceX: number;
  readonly sourceY: number;
  readonly targetX: number;
  readonly targetY: number;
}

/** How a wire is drawn, and the middle of it. */
export type WireShape = readonly [path: string, labelX: number, labelY: number];
