import { type AtomicFileHandle, type AtomicFileSystem, nodeFileSystem } from '#main/services/atomicWrite.ts';

export type Fault =
  | { readonly kind: 'error'; readonly code: string }
  | { readonly kind: 'dead' | 'short write' | 'lying write' | 'garbled write' | 'stuck write' };

class SystemError extends Error {
  constructor(readonly code: string) {
    super(`${code}: injected`);
  }
}

/**
 * The real file system, of which the k-th call fails (counted among those named `only`, or all).
 * Faults of writing leave every other call alone.
 */
export function faultyFileSystem(
  k: number,
  fault: Fault,
  only?: string,
): { fileSystem: AtomicFileSystem; calls: readonly string[] } {
  const calls: string[] = [];
  let counted = 0;

  /** Counts a call, and throws where it is the one to fail. True where it is to write wrongly. */
  function enter(name: string): boolean {
    calls.push(name);
    if (only === undefined || only === name) counted += 1;
    const hit = counted === k && (only === undefined || only === name);
    if (fault.kind === 'dead' && counted >= k) throw new SystemError('EIO');
    if (fault.kind === 'error' && hit) throw new SystemError(fault.code);
    return hit;
  }

  async function open(path: string, flags: string, mode?: number): Promise<AtomicFileHandle> {
    enter('open');
    const handle = await nodeFileSystem.open(path, flags, mode);
    return {
      async write(bytes, offset, length) {
        if (!enter('write')) return handle.write(bytes, offset, length);
        if (fault.kind === 'stuck write') return { bytesWritten: 0 };
        if (fault.kind === 'garbled write') {
          await handle.write(new Uint8Array(bytes.byteLength).fill(32), offset, length);
          return { bytesWritten: length };
        }
        const half = Math.max(1, Math.floor(length / 2));
        const { bytesWritten } = await handle.write(bytes, offset, half);
        return { bytesWritten: fault.kind === 'lying write' ? length : bytesWritten };
      },
      async sync() {
        enter('sync');
        await handle.sync();
      },
      async stat() {
        enter('stat');
        return handle.stat();
      },
      async close() {
        // The descriptor goes whatever close reports, as it does in the system.
        await handle.close();
        enter('close');
      },
    };
  }

  return {
    calls,
    fileSystem: {
      open,
      async readFile(path) {
        enter('readFile');
        return nodeFileSystem.readFile(path);
      },
      async rename(from, to) {
        enter('rename');
        return nodeFileSystem.rename(from, to);
      },
      async remove(path) {
        enter('remove');
        return nodeFileSystem.remove(path);
      },
      async mode(path) {
        enter('mode');
        return nodeFileSystem.mode(path);
      },
      async followLink(path) {
        enter('followLink');
        return nodeFileSystem.followLink(path);
      },
    },
  };
}
