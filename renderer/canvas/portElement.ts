import type { FixedEnd } from './fitting.ts';

/** A port on the page; `source` is an output. */
export const portElement = ({ at, side }: FixedEnd): Element | null =>
  document.querySelector(
    `.react-flow__node[data-id="${CSS.escape(at.node)}"] .port.${side}[data-handleid="${CSS.escape(at.port)}"]`,
  );
