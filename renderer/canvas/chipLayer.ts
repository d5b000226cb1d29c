const layers = new WeakMap<HTMLElement, HTMLElement>();

/**
 * The layer over all wires and under all cards where wires show their shapes. React Flow's own component
 * for this searches the page for it again at every change of its store, once for each label.
 */
export function chipLayer(canvas: HTMLElement | null): HTMLElement | null {
  if (!canvas) return null;
  const known = layers.get(canvas) ?? canvas.querySelector<HTMLElement>('.react-flow__edgelabel-renderer');
  if (known) layers.set(canvas, known);
  return known;
}
