import { createServer, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { errorCode, hostFailure } from '#main/services/hostFailure.ts';
import type { HostServices } from '#main/services/hostServices.ts';
import { formatServer } from '#main/services/messages.ts';
import { readPageFile } from '#main/services/pageFiles.ts';
import type { HostError } from '#shared/protocol/host.ts';
import { ok, type Result } from '#shared/protocol/problem.ts';
import { WIRE_CLOSE_GOING_AWAY, WIRE_MAX_MESSAGE_BYTES } from '#shared/protocol/wire.ts';
import { createPageResponder, type PageResponder } from './pageResponder.ts';
import { createRequestGuard, type RequestGuard, urlHost } from './requestGuard.ts';
import { answer, findRoute, requestUrl } from './routes.ts';
import { createSessions, isStrongToken, makeToken, type Sessions } from './sessions.ts';
import { serveWindow } from './windowSocket.ts';

export interface ServerOptions {
  /** 127.0.0.1 unless asked. */
  readonly host?: string | undefined;
  /** 0, or left out, for a free one. */
  readonly port?: number | undefined;
  /** Made where left out; at least 22 characters otherwise. */
  readonly token?: string | undefined;
  /** Folder of the built page. */
  readonly rendererDir: string;
  readonly services: HostServices;
}

export interface RunningServer {
  readonly port: number;
  /** With the token: the one line to print, and nowhere else to keep. */
  readonly url: string;
  close(): Promise<void>;
}

const DEFAULT_HOST = '127.0.0.1';

/** Serves the page and its WebSocket. Fails with a text for people; the services stay the caller's. */
export async function startServer(options: ServerOptions): Promise<Result<RunningServer, HostError>> {
  const { host = DEFAULT_HOST, port = 0, token = makeToken(), rendererDir, services } = options;
  if (!isStrongToken(token)) return hostFailure('token-too-weak');
  if ((await readPageFile(rendererDir, '/')) === null) {
    return hostFailure('page-missing', { path: rendererDir });
  }

  const server = createServer();
  const listening = await listen(server, host, port);
  if (!listening.ok) return listening;
  const actualPort = listening.value;
  const authority = `${urlHost(host)}:${actualPort}`;
  const guard = createRequestGuard(host, actualPort);
  const sessions = createSessions(token, `neuroloom-${actualPort}`);
  const pages = createPageResponder(rendererDir, `ws://${authority}`);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: WIRE_MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  });

  server.on('request', (request, response) => {
    const refusal = guard(request);
    if (refusal !== null) return pages.refuse(response, 403, refusal);
    answer(request, response, { sessions, pages }).catch(() => response.destroy());
  });
  serveUpgrades(server, sockets, { guard, sessions, services });

  return ok({
    port: actualPort,
    url: `http://${authority}/?token=${token}`,
    async close() {
      for (const socket of sockets.clients) socket.close(WIRE_CLOSE_GOING_AWAY);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        // A window that does not answer the close must not keep the server from ending.
        setTimeout(() => {
          for (const socket of sockets.clients) socket.terminate();
          server.closeAllConnections();
        }, 500).unref();
      });
    },
  });
}

type HttpServer = ReturnType<typeof createServer>;

function listen(server: HttpServer, host: string, port: number): Promise<Result<number, HostError>> {
  return new Promise((resolve) => {
    server.once('error', (error) => {
      const code = errorCode(error);
      if (code === 'EADDRINUSE') resolve(hostFailure('port-in-use', { host, port: String(port) }));
      else if (code === 'EACCES') resolve(hostFailure('port-denied', { host, port: String(port) }));
      else if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
        resolve(hostFailure('address-unknown', { host }));
      else resolve(hostFailure('listen-failed', { host, port: String(port), detail: error.message }));
    });
    server.listen({ host, port, exclusive: true }, () => {
      resolve(ok((server.address() as AddressInfo).port));
    });
  });
}

interface UpgradeContext {
  readonly guard: RequestGuard;
  readonly sessions: Sessions;
  readonly services: HostServices;
}

function serveUpgrades(
  server: HttpServer,
  sockets: WebSocketServer,
  { guard, sessions, services }: UpgradeContext,
): void {
  server.on('upgrade', (request, stream, head) => {
    const refuse = (status: number, reason: Parameters<PageResponder['refuse']>[2]): void => {
      const body = `${formatServer(reason)}\n`;
      stream.end(
        `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n` +
          `X-Content-Type-Options: nosniff\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
    };
    stream.on('error', () => stream.destroy());
    const refusal = guard(request);
    if (refusal !== null) return refuse(403, refusal);
    const routing = findRoute(request.method ?? '', requestUrl(request)?.pathname ?? '', true);
    if (routing.kind !== 'route') return refuse(404, 'not-found');
    if (!sessions.isOpen(request.headers.cookie)) return refuse(401, 'unauthorised');
    sockets.handleUpgrade(request, stream, head, (socket) => serveWindow(socket, services));
  });
}
