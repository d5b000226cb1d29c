/**
 * A step of building the native runtime pack that could not be done. Expected: no network, no
 * compiler, a full disk. Carries what the user can do about it.
 */
export class PackFailure extends Error {
  /**
   * @param {string} reason what happened
   * @param {string} advice what to do
   */
  constructor(reason, advice) {
    super(reason);
    this.name = 'PackFailure';
    this.advice = advice;
  }
}
