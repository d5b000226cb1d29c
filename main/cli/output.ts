/** Where a command says something: people read lines, programs one JSON object per line. */
export interface Output {
  readonly json: boolean;
  /** A result. `human` is what people see of it on standard output; null says nothing to them. */
  result(event: Readonly<Record<string, unknown>>, human: string | null): void;
  /** A piece of a text that grows; nothing to programs, which get the whole as a result. */
  text(piece: string): void;
  /** A line that is overwritten by the next; only where a person watches. */
  progress(line: string): void;
  /** Logs and failures, on standard error. */
  log(line: string): void;
}

/** Typed arrays print as arrays of numbers. */
const plain = (_key: string, value: unknown): unknown =>
  ArrayBuffer.isView(value) && !(value instanceof DataView) ? Array.from(value as Float32Array) : value;

export function createOutput(json: boolean, out: NodeJS.WriteStream, err: NodeJS.WriteStream): Output {
  let progressShown = false;
  const clear = () => {
    if (progressShown) out.write('\r\x1b[2K');
    progressShown = false;
  };
  return {
    json,
    result(event, human) {
      clear();
      if (json) out.write(`${JSON.stringify(event, plain)}\n`);
      else if (human !== null) out.write(`${human}\n`);
    },
    text(piece) {
      if (!json) out.write(piece);
    },
    progress(line) {
      if (json || !out.isTTY) return;
      out.write(`\r\x1b[2K${line.slice(0, (out.columns ?? 80) - 1)}`);
      progressShown = true;
    },
    log(line) {
      clear();
      err.write(`${line}\n`);
    },
  };
}
