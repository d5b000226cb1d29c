/**
 * Where things are in a JSON text. `JSON.parse` words its errors differently in every engine and
 * often without a place, and after it has succeeded nothing remembers the lines.
 */
export interface TextPlace {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
}

export type JsonPath = readonly (string | number)[];

/** What was wanted where the text stops being JSON: a key under `jsonErrors` in shared/i18n. */
export type JsonErrorReason =
  | 'end'
  | 'value'
  | 'key'
  | 'colon'
  | 'comma'
  | 'string'
  | 'escape'
  | 'extra'
  | 'depth';

/** Deeper than any document; a text that only nests must not exhaust the stack. */
export const MAX_JSON_DEPTH = 64;

export function placeAt(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: offset - lastBreak };
}

class JsonTextError extends Error {
  constructor(
    readonly reason: JsonErrorReason,
    readonly offset: number,
  ) {
    super(reason);
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WHITE = /[ \t\r\n]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

class Walker {
  private at = 0;
  private readonly path: (string | number)[] = [];

  constructor(
    private readonly text: string,
    private readonly onValue: (path: JsonPath, offset: number) => void,
  ) {}

  walk(): void {
    this.value();
    this.skip();
    if (this.at < this.text.length) this.stop('extra');
  }

  private stop(reason: JsonErrorReason): never {
    throw new JsonTextError(this.at >= this.text.length ? 'end' : reason, this.at);
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private skip(): void {
    this.match(WHITE);
  }

  private take(character: string): boolean {
    this.skip();
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private value(): void {
    this.skip();
    this.onValue(this.path, this.at);
    if (this.path.length > MAX_JSON_DEPTH) throw new JsonTextError('depth', this.at);
    const first = this.text[this.at];
    if (first === '{') this.object();
    else if (first === '[') this.array();
    else if (first === '"') this.string('value');
    else {
      const word = ['true', 'false', 'null'].find((literal) => this.text.startsWith(literal, this.at));
      if (word) this.at += word.length;
      else if (!this.match(NUMBER)) this.stop('value');
    }
  }

  private object(): void {
    this.at += 1;
    if (this.take('}')) return;
    do {
      this.skip();
      const key = this.string('key');
      if (!this.take(':')) this.stop('colon');
      this.path.push(key);
      this.value();
      this.path.pop();
    } while (this.take(','));
    if (!this.take('}')) this.stop('comma');
  }

  private array(): void {
    this.at += 1;
    if (this.take(']')) return;
    let index = 0;
    do {
      this.path.push(index);
      this.value();
      this.path.pop();
      index += 1;
    } while (this.take(','));
    if (!this.take(']')) this.stop('comma');
  }

  private string(wanted: 'key' | 'value'): string {
    if (this.text[this.at] !== '"') this.stop(wanted);
    const start = this.at;
    this.at += 1;
    for (;;) {
      const character = this.text[this.at];
      if (character === undefined || character < ' ') this.stop('string');
      if (character === '\\') {
        if (!this.match(ESCAPE)) this.stop('escape');
        continue;
      }
      this.at += 1;
      if (character === '"') return JSON.parse(this.text.slice(start, this.at)) as string;
    }
  }
}

/** The first place where a text is not JSON (or nests too deeply), or undefined where all is well. */
export function findJsonError(text: string): ({ reason: JsonErrorReason } & TextPlace) | undefined {
  try {
    new Walker(text, () => {}).walk();
    return undefined;
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    return { reason: error.reason, ...placeAt(text, error.offset) };
  }
}

/** Where the value at a path begins; of a path that leads nowhere, where its nearest parent begins. */
export function locateJsonPath(text: string, path: JsonPath): TextPlace {
  let offset = 0;
  let depth = -1;
  try {
    new Walker(text, (here, at) => {
      if (here.length > depth && here.length <= path.length && here.every((key, i) => key === path[i])) {
        depth = here.length;
        offset = at;
      }
    }).walk();
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
  }
  return placeAt(text, offset);
}
