/** A paste that comes so soon after the middle button was let go comes from it. */
const AT_ONCE_MS = 100;

/**
 * On Linux the middle button pastes what is marked anywhere in the system. It closes tabs and moves the canvas here, so
 * outside of text fields such a paste is meant by nobody, and is kept from all who listen for pastes.
 */
export function attachStrayPaste(target: Document): () => void {
  let letGo = Number.NEGATIVE_INFINITY;
  const onMouseUp = ({ button, timeStamp }: MouseEvent): void => {
    if (button === 1) letGo = timeStamp;
  };
  const onKeyDown = (): void => {
    letGo = Number.NEGATIVE_INFINITY;
  };
  const onPaste = (event: ClipboardEvent): void => {
    const isField = event.target instanceof Element && event.target.closest('input, textarea') !== null;
    if (isField || event.timeStamp - letGo > AT_ONCE_MS) return;
    event.stopImmediatePropagation();
    event.preventDefault();
  };
  target.addEventListener('mouseup', onMouseUp, true);
  target.addEventListener('keydown', onKeyDown, true);
  target.addEventListener('paste', onPaste, true);
  return () => {
    target.removeEventListener('mouseup', onMouseUp, true);
    target.removeEventListener('keydown', onKeyDown, true);
    target.removeEventListener('paste', onPaste, true);
  };
}
