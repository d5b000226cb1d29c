import {
  type Connection,
  ConnectionLineType,
  type Edge as FlowEdge,
  type OnConnectStart,
  type ReactFlowProps,
  SelectionMode,
} from '@xyflow/react';
import { connect } from '#shared/graph/commands.ts';
import type { Point } from '#shared/graph/document.ts';
import { enterBlock } from '../stores/levels.ts';
import { select, useSelectionStore } from '../stores/selectionStore.ts';
import { edit, toDocument } from './canvasApi.ts';
import { endsOf, startConnecting, wireRefusal } from './connecting.ts';
import { isGivenUp } from './inHand.ts';
import { addWirePoint } from './leadWire.ts';
import { NodeCard } from './NodeCard.tsx';
import { notesTouching } from './notes.ts';
import type { CardNode } from './useCanvasNodes.ts';
import { Wire } from './Wire.tsx';
import { WireInHand } from './WireInHand.tsx';
import { farthestOut } from './zoomLimit.ts';

const nodeTypes = { card: NodeCard };
const edgeTypes = { wire: Wire };
/** A canvas lower than this gives its room to the graph. */
const LOW = 460;
/** Cards smaller than this are not shown by themselves: only who asks for the whole of a large graph sees it all. */
const SMALLEST_AT_FIRST = 0.2;
const fitZoom = { maxZoom: 1.1, minZoom: SMALLEST_AT_FIRST } as const;
const roomy = {
  ...fitZoom,
  padding: { top: '60px', right: '36px', bottom: '80px', left: '36px' },
} as const;
const tight = {
  ...fitZoom,
  padding: { top: '48px', right: '24px', bottom: '52px', left: '24px' },
} as const;
/** How a graph is fitted into a canvas of this height: with room for what floats over the corners. */
export const fitOptions = (height: number) => (height < LOW ? tight : roomy);
/** The same, all of it however small it becomes. */
export const fitAllOptions = (height: number) => ({ ...fitOptions(height), minZoom: farthestOut() });
/** The same, as it was fitted into the view of this zoom. */
export const fitAgainOptions = (height: number, zoom: number) =>
  zoom < SMALLEST_AT_FIRST ? fitAllOptions(height) : fitOptions(height);

const isValidConnection = (connection: Connection | FlowEdge): boolean => {
  const { from, to } = endsOf(connection);
  return wireRefusal(from, to) === null;
};

const onConnectStart: OnConnectStart = (_, { nodeId, handleId, handleType }) => {
  if (nodeId && handleId && handleType) startConnecting({ node: nodeId, port: handleId }, handleType);
};

const onConnect = (connection: Connection): void => {
  if (isGivenUp()) return;
  const { from, to } = endsOf(connection);
  edit(connect(from, to));
};

/** A click on one of several selected cards means that one; with a key held React Flow adds and takes away. */
const onNodeClick: NonNullable<ReactFlowProps<CardNode>['onNodeClick']> = (event, { id }) => {
  const held = event.shiftKey || event.ctrlKey || event.metaKey;
  const { nodeIds, noteIds } = useSelectionStore.getState();
  if (!held && nodeIds.size + noteIds.size > 1) select([id]);
};

/** Where a box of selection began, in document coordinates. */
let boxBegan: Point | null = null;

const onSelectionStart = ({ clientX, clientY }: { clientX: number; clientY: number }): void => {
  boxBegan = toDocument(clientX, clientY);
};

/** React Flow knows of cards and wires; notes that the box touches are selected as well. */
const onSelectionEnd = ({ clientX, clientY }: { clientX: number; clientY: number }): void => {
  if (!boxBegan) return;
  const began = boxBegan;
  const ended = toDocument(clientX, clientY);
  boxBegan = null;
  const notes = notesTouching({
    left: Math.min(began.x, ended.x),
    top: Math.min(began.y, ended.y),
    right: Math.max(began.x, ended.x),
    bottom: Math.max(began.y, ended.y),
  });
  const { nodeIds, edgeIds } = useSelectionStore.getState();
  select(nodeIds, edgeIds, notes);
};

/**
 * Everything that never changes, once: each new function given to React Flow goes through its store
 * and wakes up every node, which at 300 nodes is most of the work of a pointer move.
 */
export const flowSettings = {
  nodeTypes,
  edgeTypes,
  isValidConnection,
  onConnectStart,
  onConnect,
  onNodeClick,
  onSelectionStart,
  onSelectionEnd,
  onNodeDoubleClick: (_, { id }) => void enterBlock(id),
  onPaneClick: () => select([]),
  onEdgeDoubleClick: ({ clientX, clientY }, { id }) => addWirePoint(id, toDocument(clientX, clientY)),
  connectionLineComponent: WireInHand,
  connectionLineType: ConnectionLineType.Bezier,
  connectionRadius: 24,
  reconnectRadius: 14,
  elevateEdgesOnSelect: true,
  selectionMode: SelectionMode.Partial,
  selectionKeyCode: 'Shift',
  multiSelectionKeyCode: ['Control', 'Meta', 'Shift'],
  deleteKeyCode: null,
  panActivationKeyCode: 'Space',
  disableKeyboardA11y: true,
  zoomOnDoubleClick: false,
  maxZoom: 2,
  fitViewOptions: roomy,
  proOptions: { hideAttribution: true },
} satisfies ReactFlowProps<CardNode>;
