const rewritesLine = process.stdout.isTTY === true;
/** Milliseconds between two lines of a log; a program that reads them may want them oftener. */
const quietInterval = Number(process.env.NEUROLOOM_PROGRESS_MS ?? 5000);

/**
 * Says how far one step is: one line that is rewritten on a terminal, a line every five seconds in a log.
 * @param {string} what
 */
export function createProgress(what) {
  let lastShown = Number.NEGATIVE_INFINITY;
  let shown = false;
  return {
    /** @param {string} how for example `120 of 274 MB` */
    show(how) {
      const now = performance.now();
      if (now - lastShown < (rewritesLine ? 100 : quietInterval)) return;
      lastShown = now;
      shown = true;
      process.stdout.write(rewritesLine ? `\r\u001b[K  ${what}: ${how}` : `  ${what}: ${how}\n`);
    },
    /** @param {string} how the line that stays */
    end(how) {
      process.stdout.write(`${rewritesLine && shown ? '\r\u001b[K' : ''}  ${what}: ${how}\n`);
    },
  };
}

/** @param {number} bytes */
export function megabytes(bytes) {
  return `${Math.round(bytes / 1e6)} MB`;
}
