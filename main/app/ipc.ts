import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { z } from 'zod';
import { hostFailure } from '#main/services/hostFailure.ts';
import type { HostClient } from '#main/services/hostServices.ts';
import { bridgeChannels } from '#shared/protocol/bridge.ts';
import type { HostError } from '#shared/protocol/host.ts';
import type { Result } from '#shared/protocol/problem.ts';
import { isPageUrl } from './origin.ts';

const callSchema = z.strictObject({ method: z.string().max(100), input: z.unknown() });

export interface IpcWindow {
  readonly client: HostClient;
  /** The page is there to receive events. */
  onListening(): void;
}

export interface IpcOptions {
  readonly ipcMain: IpcMain;
  /** The window that a web contents belongs to; undefined for any other web contents. */
  windowOf(webContentsId: number): IpcWindow | undefined;
  /** After a call that succeeded. */
  onAnswered(method: string): void;
}

/** The only place where messages of a page are accepted. */
export function handleIpc({ ipcMain, windowOf, onAnswered }: IpcOptions): void {
  /** Everything that a channel does goes through this check of who sent it. */
  function handle(
    channel: string,
    answer: (window: IpcWindow, argument: unknown) => Promise<Result<unknown, HostError>>,
  ): void {
    ipcMain.handle(channel, async (event, ...values: unknown[]) => {
      const window = isPageFrame(event) ? windowOf(event.sender.id) : undefined;
      if (window === undefined || values.length > 1) return hostFailure('wrong-sender');
      return answer(window, values[0]);
    });
  }

  handle(bridgeChannels.call, async (window, argument) => {
    const call = callSchema.safeParse(argument);
    if (!call.success) return hostFailure('invalid-input', { method: '?', detail: call.error.message });
    const answer = await window.client.call(call.data.method, call.data.input);
    if (answer.ok) onAnswered(call.data.method);
    return answer;
  });
  handle(bridgeChannels.listening, async (window) => {
    window.onListening();
    return { ok: true, value: null };
  });
}

/** The top frame of a window that still shows our page. A frame that has navigated away has no frame. */
function isPageFrame(event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame === event.sender.mainFrame && isPageUrl(frame.url);
}
