/** Puts what the hand holds back where it was; null while it holds nothing that could be. */
let putBack: (() => void) | null = null;
let givenUp = false;

/** Something was taken in hand: from now on Escape puts it back. */
export function takeInHand(back: () => void): void {
  putBack = back;
}

/** The hand is empty again. */
export function emptyHand(): void {
  putBack = null;
}

/** True while what is in hand is being put back: what ends now leaves no trace. */
export const isGivenUp = (): boolean => givenUp;

/** What React Flow drags ends with the button: it has no other way to be told. */
export function endDrag(): void {
  document.dispatchEvent(new MouseEvent('mouseup', { bubbles: true, view: window }));
}

/** Lets Escape give up what is being done by hand, before it means anything else. */
export function attachGivingUp(): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !putBack) return;
    event.preventDefault();
    event.stopPropagation();
    const back = putBack;
    putBack = null;
    givenUp = true;
    try {
      back();
    } finally {
      givenUp = false;
    }
  };
  window.addEventListener('keydown', onKeyDown, true);
  return () => window.removeEventListener('keydown', onKeyDown, true);
}
