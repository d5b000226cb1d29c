import type { WebSocket } from 'ws';
import type { HostServices } from '#main/services/hostServices.ts';
import { createOutbox } from './outbox.ts';
import { decodeRequest, encodeMessage } from './wireCodec.ts';

/** Requests of one window at work at once; the socket is not read while there are more. */
const IN_FLIGHT_LIMIT = 32;
/** A window that answers no ping for two of these is gone, ms. */
const PING_INTERVAL = 15_000;
/** WebSocket close code for a message that breaks the protocol. */
const POLICY_VIOLATION = 1008;

/** Connects one browser window's socket with the services until either side ends. */
export function serveWindow(socket: WebSocket, services: HostServices): void {
  const client = services.connect();
  let inFlight = 0;
  let answersPing = true;

  const outbox = createOutbox(
    {
      get bufferedAmount() {
        return socket.bufferedAmount;
      },
      send: (bytes, sent) => socket.send(bytes, () => sent()),
    },
    encodeMessage,
    () => regulate(),
  );

  function regulate(): void {
    const full = inFlight >= IN_FLIGHT_LIMIT || outbox.congested;
    if (full && !socket.isPaused) socket.pause();
    if (!full && socket.isPaused) socket.resume();
  }

  const unsubscribe = services.subscribe((event) => {
    if (socket.readyState === socket.OPEN) outbox.push({ type: 'event', event });
  });
  const ping = setInterval(() => {
    // A socket that is not being read cannot show a pong.
    if (!answersPing && !socket.isPaused) return socket.terminate();
    answersPing = false;
    socket.ping();
  }, PING_INTERVAL);

  socket.on('pong', () => {
    answersPing = true;
  });
  socket.on('message', (data, isBinary) => {
    answersPing = true;
    const request = isBinary && Buffer.isBuffer(data) ? decodeRequest(data) : null;
    if (request === null) return socket.close(POLICY_VIOLATION);
    inFlight += 1;
    regulate();
    void client.call(request.method, request.input).then((answer) => {
      inFlight -= 1;
      if (socket.readyState !== socket.OPEN) return;
      outbox.push(
        answer.ok
          ? { type: 'result', id: request.id, output: answer.value }
          : { type: 'error', id: request.id, error: answer.error },
      );
      regulate();
    });
  });
  socket.on('close', () => {
    clearInterval(ping);
    unsubscribe();
    client.close();
  });
  // Followed by `close`, where everything is put away.
  socket.on('error', () => socket.terminate());
}
