import { hasOwnKeys } from '../commands/useKeymap.ts';

/** While Space is held a drag moves the view, whatever it begins on: nothing on the canvas is in its way. */
export function attachPanKey(canvas: HTMLElement): () => void {
  const onKeyDown = ({ code, target }: KeyboardEvent): void => {
    if (code === 'Space' && !hasOwnKeys(target)) canvas.dataset.pan = '';
  };
  const release = (): void => {
    delete canvas.dataset.pan;
  };
  const onKeyUp = ({ code }: KeyboardEvent): void => {
    if (code === 'Space') release();
  };
  window.addEventListener('keydown', onKeyDown, true);
  window.addEventListener('keyup', onKeyUp, true);
  window.addEventListener('blur', release);
  return () => {
    window.removeEventListener('keydown', onKeyDown, true);
    window.removeEventListener('keyup', onKeyUp, true);
    window.removeEventListener('blur', release);
  };
}
