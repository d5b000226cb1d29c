type Task = () => Promise<void>;

/**
 * Runs reads a few at a time: the thread pool that serves files is the one that runs training
 * steps, which must not stand behind a hundred reads. What a batch waits for goes before what is
 * read ahead.
 */
export class ReadQueue {
  readonly #limit: number;
  readonly #waiting: Task[] = [];
  #running = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  run<T>(read: () => Promise<T>, urgent: boolean): Promise<T> {
    return new Promise((resolve, reject) => {
      const task = () => read().then(resolve, reject);
      if (urgent) this.#waiting.unshift(task);
      else this.#waiting.push(task);
      this.#next();
    });
  }

  #next(): void {
    if (this.#running >= this.#limit) return;
    const task = this.#waiting.shift();
    if (!task) return;
    this.#running += 1;
    void task().finally(() => {
      this.#running -= 1;
      this.#next();
    });
  }
}
