import { create } from 'zustand';

/** A line drawn by hand over the graph: `knife` cuts the wires that it crosses, `lasso` selects what it goes around. */
export type StrokeTool = 'knife' | 'lasso';

interface StrokeState {
  /** What the next drag does. */
  readonly armed: StrokeTool | null;
  /** The stroke being drawn, in pixels from the canvas' corner. */
  readonly stroke: { readonly tool: StrokeTool; readonly path: string; readonly caught: number } | null;
}

export const useStroke = create<StrokeState>(() => ({ armed: null, stroke: null }));

/** Lets the next drag be a stroke; the same again takes it back. */
export function armStroke(tool: StrokeTool): void {
  useStroke.setState(({ armed }) => ({ armed: armed === tool ? null : tool }));
}
