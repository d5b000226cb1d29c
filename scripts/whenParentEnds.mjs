const LOOK_EVERY_MS = 500;

/**
 * Calls back once the process that started this one has ended. npm starts scripts through a shell,
 * and a signal sent to npm ends that shell without reaching the script; nothing but the script's new
 * parent tells. Does not keep the process alive.
 * @param {() => void} callback
 * @returns {() => void} stops looking
 */
export function whenParentEnds(callback) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    callback();
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
