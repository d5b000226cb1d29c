import type { HostError, HostEvent } from './host.ts';
import type { Result } from './problem.ts';

/** Channels between the desktop's preload script, which loads nothing else, and its main process. */
export const bridgeChannels = {
  /** Window asks, main answers with a `Result`. */
  call: 'neuroloom:call',
  /** Window says that it listens from now on. */
  listening: 'neuroloom:listening',
  /** Main reports. */
  event: 'neuroloom:event',
} as const;

/** What the preload script puts on `window.neuroloom`: values only, nothing of Electron. */
export interface HostBridge {
  call(method: string, input: unknown): Promise<Result<unknown, HostError>>;
  subscribe(listener: (event: HostEvent) => void): () => void;
}
