import { create } from 'zustand';

/** What the window is about to do that takes its time, in words; null while nothing is. */
export const useBusy = create<{ readonly text: string | null }>(() => ({ text: null }));

/** A page that is not in sight draws no frames. */
const NO_FRAME_MS = 300;

/** Until what was changed has been drawn. */
function drawn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, NO_FRAME_MS);
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  });
}

/** Says what is being done while the window does it and cannot answer: nobody should take it for dead. */
export async function whileBusy(text: string, work: () => void | Promise<void>): Promise<void> {
  useBusy.setState({ text });
  await drawn();
  try {
    await work();
    await drawn();
  } finally {
    useBusy.setState({ text: null });
  }
}
