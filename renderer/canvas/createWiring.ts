import type {
  Connection,
  FinalConnectionState,
  Edge as FlowEdge,
  OnConnectEnd,
  ReactFlowProps,
} from '@xyflow/react';
import { connect, reconnect, removeEdges } from '#shared/graph/commands.ts';
import { edgeId } from '#shared/graph/document.ts';
import { problemText } from '../i18n/problemText.ts';
import { showToast } from '../stores/toastStore.ts';
import { edit } from './canvasApi.ts';
import {
  cardAt,
  endsOf,
  joined,
  moveEndOf,
  portOn,
  stopConnecting,
  wireInHand,
  wireRefusal,
} from './connecting.ts';
import type { FixedEnd } from './fitting.ts';
import { isGivenUp } from './inHand.ts';

/** Where a wire in hand was let go over the empty canvas, in pixels of the window. */
export interface LooseWire {
  readonly end: FixedEnd;
  readonly x: number;
  readonly y: number;
}

/** Over the ground, or over wires, frames and notes, which lie on it. */
const isGround = (element: Element | null): boolean =>
  element?.classList.contains('react-flow__pane') === true ||
  element?.closest('.react-flow__edge, .cv-frame, .cv-note') != null;

/** What a wire in hand was let go over, other than a port. */
type Landing =
  | { readonly on: 'port' | 'nothing' }
  | { readonly on: 'ground'; readonly wire: LooseWire }
  | { readonly on: 'card'; readonly end: FixedEnd; readonly nodeId: string };

function landing(event: MouseEvent | TouchEvent, { fromHandle, toHandle }: FinalConnectionState): Landing {
  const { clientX: x, clientY: y } = 'changedTouches' in event ? (event.changedTouches[0] ?? {}) : event;
  if (toHandle) return { on: 'port' };
  if (!fromHandle?.id || x === undefined || y === undefined) return { on: 'nothing' };
  const end: FixedEnd = { at: { node: fromHandle.nodeId, port: fromHandle.id }, side: fromHandle.type };
  const nodeId = cardAt(x, y);
  if (nodeId !== null) return { on: 'card', end, nodeId };
  return isGround(document.elementFromPoint(x, y))
    ? { on: 'ground', wire: { end, x, y } }
    : { on: 'nothing' };
}

/**
 * The end of drawing a wire, and dragging the end of one to another port, or off the port to remove it. Let go over
 * a card it goes to the port that it fits. `onLoose` hears of a new wire that was let go over nothing.
 */
export function createWiring(onLoose: (wire: LooseWire) => void) {
  const move = (id: string, { from, to }: ReturnType<typeof joined>): void => {
    if (edgeId({ from, to }) !== id) edit(reconnect(id, from, to));
  };
  const dropOnCard = (end: FixedEnd, nodeId: string): void => {
    const moving = wireInHand();
    const { port, refused } = portOn(nodeId);
    const wire = port === null ? null : joined(end, { node: nodeId, port });
    if (wire && moving === null) edit(connect(wire.from, wire.to));
    else if (wire && moving !== null) move(moving, wire);
    else if (refused !== null && nodeId !== end.at.node) {
      const { from, to } = joined(end, { node: nodeId, port: refused });
      const refusal = wireRefusal(from, to);
      if (refusal) showToast({ tone: 'info', text: problemText(refusal) });
    }
  };
  return {
    onConnectEnd: ((event, state) => {
      const landed: Landing = isGivenUp() ? { on: 'nothing' } : landing(event, state);
      const isNew = wireInHand() === null;
      if (landed.on === 'card') dropOnCard(landed.end, landed.nodeId);
      stopConnecting();
      if (landed.on === 'ground' && isNew) onLoose(landed.wire);
    }) satisfies OnConnectEnd,
    onReconnectStart: ((_, { id }) => moveEndOf(id)) satisfies NonNullable<
      ReactFlowProps['onReconnectStart']
    >,
    onReconnect: (edge: FlowEdge, connection: Connection): void => {
      if (!isGivenUp()) move(edge.id, endsOf(connection));
    },
    onReconnectEnd: ((event, edge, __, state) => {
      // Dropped on nothing, the wire goes; dropped on a card or a port that refuses it, it stays.
      const isOff = !isGivenUp() && ['ground', 'nothing'].includes(landing(event, state).on);
      if (isOff) edit(removeEdges([edge.id]));
    }) satisfies NonNullable<ReactFlowProps['onReconnectEnd']>,
  };
}
