/** The panels under the canvas. */
export function Dock() {
  return <section className="dock" />;
}
