import { contextBridge, ipcRenderer } from 'electron';
import { bridgeChannels, type HostBridge } from '#shared/protocol/bridge.ts';
import type { HostEvent } from '#shared/protocol/host.ts';

/**
 * All that the page sees of the desktop. `ipcRenderer` itself never crosses: the page can name a
 * method of the host table, and the main process judges sender, method and input.
 */
const bridge: HostBridge = {
  call: (method, input) => ipcRenderer.invoke(bridgeChannels.call, { method: String(method), input }),
  subscribe(listener) {
    // The IPC event is left behind: it would hand the page a sender.
    const receive = (_event: unknown, hostEvent: HostEvent): void => listener(hostEvent);
    ipcRenderer.on(bridgeChannels.event, receive);
    void ipcRenderer.invoke(bridgeChannels.listening);
    return () => {
      ipcRenderer.removeListener(bridgeChannels.event, receive);
    };
  },
};

contextBridge.exposeInMainWorld('neuroloom', bridge);
