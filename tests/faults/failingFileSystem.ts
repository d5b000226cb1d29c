import { type FileSystem, realFileSystem } from '#main/engine/durableFiles.ts';

export type Fault = 'ENOSPC' | 'EIO' | 'EACCES' | 'short-write';

/** A file system whose `failing`-th call fails, and with it every later write: a disk stays full. */
export function failingFileSystem(failing: number, fault: Fault): FileSystem & { calls: number } {
  const state = { calls: 0 };
  const broken = (): boolean => {
    state.calls += 1;
    return state.calls >= failing;
  };
  const refuse = (): never => {
    throw Object.assign(new Error(`${fault}: injected`), {
      code: fault === 'short-write' ? 'ENOSPC' : fault,
    });
  };
  const guard = <A extends unknown[], R>(call: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => (broken() ? refuse() : await call(...args));
  };

  const open = async (...args: Parameters<FileSystem['open']>) => {
    if (broken()) refuse();
    const file = await realFileSystem.open(...args);
    return new Proxy(file, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== 'function') return value;
        if (key === 'write' && fault === 'short-write') {
          return async (bytes: Uint8Array, offset: number, length: number) => {
            if (!broken()) return await target.write(bytes, offset, length);
            // The first short write goes through in part, the next takes nothing: so does a full disk.
            const part = Math.floor(length / 2);
            if (part > 0) await target.write(bytes, offset, part);
            return { bytesWritten: part, buffer: bytes };
          };
        }
        if (key === 'close') return value.bind(target);
        return async (...inner: unknown[]) =>
          broken() ? refuse() : await Reflect.apply(value, target, inner);
      },
    });
  };

  return {
    get calls() {
      return state.calls;
    },
    open: open as FileSystem['open'],
    mkdir: guard(realFileSystem.mkdir) as FileSystem['mkdir'],
    rename: guard(realFileSystem.rename),
    // Clean-up after a failure must not be what saves the day: it fails as well.
    rm: guard(realFileSystem.rm),
    readdir: guard(realFileSystem.readdir as (path: string) => Promise<string[]>) as FileSystem['readdir'],
    readFile: realFileSystem.readFile,
    stat: realFileSystem.stat,
  };
}
