/** Lets one user at a time at a session: the training loop step by step, an evaluation as a whole. First come, first served. */
export class SessionLock {
  private tail: Promise<unknown> = Promise.resolve();

  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.tail.then(task);
    this.tail = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }
}
