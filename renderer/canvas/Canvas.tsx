import {
  Background,
  BackgroundVariant,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStoreApi,
  type Viewport,
} from '@xyflow/react';
import { type DragEvent, type MouseEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GraphDocument } from '#shared/graph/document.ts';
import { CompareBar } from '../compare/CompareBar.tsx';
import { CompareLayer } from '../compare/CompareLayer.tsx';
import { whileDrawing } from '../shell/openGraph.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { attachForecast } from '../stores/forecastStore.ts';
import { useSelectionStore } from '../stores/selectionStore.ts';
import { noteViewport, viewportOf } from '../stores/viewports.ts';
import { useViewStore } from '../stores/viewStore.ts';
import { Button } from '../ui/Button.tsx';
import { AddPopover } from './AddPopover.tsx';
import { type Adding, addFound } from './adding.ts';
import { attachPorts } from './attachPorts.ts';
import { attachStrokes } from './attachStrokes.ts';
import { CanvasControls, CanvasHeading, CanvasLayers } from './CanvasControls.tsx';
import { CanvasMenu } from './CanvasMenu.tsx';
import { ConnectPopover } from './ConnectPopover.tsx';
import { addAtCenter, setCanvasView } from './canvasApi.ts';
import { focusSelectedSoon } from './canvasFocus.ts';
import { isHuge, isLarge } from './cardDetail.ts';
import { cardAt } from './connecting.ts';
import { createWiring } from './createWiring.ts';
import { attachDragKeys } from './dragging.ts';
import { NODE_KIND_TYPE } from './dragKind.ts';
import { addDropped, hideReceiver, showReceiver } from './dropping.ts';
import { FrameLayer } from './FrameLayer.tsx';
import { type FixedEnd, fitsEnd } from './fitting.ts';
import { fitAllOptions, flowSettings } from './flowSettings.ts';
import { GraphFacts } from './GraphFacts.tsx';
import { GraphMap } from './GraphMap.tsx';
import { GuideLines } from './GuideLines.tsx';
import { attachGivingUp } from './inHand.ts';
import { attachLift } from './liftOnPage.ts';
import { NoteLayer } from './NoteLayer.tsx';
import { addNoteAt } from './notes.ts';
import { PickingNote } from './PickingNote.tsx';
import { attachPanKey } from './panKey.ts';
import { attachPicking } from './picking.ts';
import { SelectionBar } from './SelectionBar.tsx';
import { StrokeLine } from './StrokeLine.tsx';
import { useAutoLayout } from './useAutoLayout.ts';
import { type CardNode, useCanvasNodes } from './useCanvasNodes.ts';
import { useDetail } from './useDetail.ts';
import { useFirstView } from './useFirstView.ts';
import { useKeepFitted } from './useKeepFitted.ts';
import { useShortcuts } from './useShortcuts.ts';
import { WaitingWire } from './WaitingWire.tsx';
import { WideMap } from './WideMap.tsx';
import { useZoomLimit } from './zoomLimit.ts';

/** The open document as a graph to be wired. */
export function Canvas() {
  const document = useDocumentStore((state) => state.graph);
  // Each block has a view of its own, as each document has.
  const placeId = useDocumentStore(({ recoveryId, level }) =>
    [recoveryId, ...level.map(({ instance }) => instance)].join('/'),
  );
  if (!document) return null;
  return (
    <ReactFlowProvider key={placeId}>
      <Graph document={document} documentId={placeId} />
    </ReactFlowProvider>
  );
}

interface GraphProps {
  readonly document: GraphDocument;
  readonly documentId: string;
}

function Graph({ document, documentId }: GraphProps) {
  const { t } = useTranslation();
  const flow = useReactFlow<CardNode>();
  const store = useStoreApi();
  const frame = useRef<HTMLElement>(null);
  const pointer = useRef({ x: 0, y: 0 });
  const minimap = useViewStore((view) => view.minimap);
  const reveal = useSelectionStore((state) => state.reveal);
  const [connecting, setConnecting] = useState<{ nodeId: string; left: number; top: number } | null>(null);
  const [adding, setAdding] = useState<Adding | null>(null);
  const { nodes, setNodes, edges, onNodesChange, onEdgesChange } = useCanvasNodes(document, documentId);

  const huge = isHuge(document.nodes);
  // On the way across a huge graph every card that is passed would be made, and dropped again.
  const motion = useMemo(
    () => ({ duration: huge || matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 200 }),
    [huge],
  );
  // As it was left, or fitted when it is seen for the first time.
  const [left] = useState(() => viewportOf(documentId));
  const firstView = useFirstView(frame, nodes, left);
  // An empty graph has nothing to be fitted: its first card stays where it is put.
  const [fitsAtFirst] = useState(() => left === undefined && document.nodes.length > 0);
  const noteFitted = useKeepFitted(frame, fitsAtFirst);
  const fitting = useCallback(() => fitAllOptions(frame.current?.clientHeight ?? 0), []);
  const minZoom = useZoomLimit();
  const showAll = useCallback(() => {
    const show = async (): Promise<void> => {
      await flow.fitView({ ...fitting(), ...motion });
      noteFitted();
    };
    void (huge ? whileDrawing(useDocumentStore.getState().document, show) : show());
  }, [flow, fitting, motion, noteFitted, huge]);
  const fitSelection = useCallback(() => {
    const chosen = [...useSelectionStore.getState().nodeIds].map((id) => ({ id }));
    if (chosen.length > 0) void flow.fitView({ ...fitting(), ...motion, nodes: chosen });
    else showAll();
  }, [flow, fitting, motion, showAll]);
  const layout = useAutoLayout(setNodes, showAll);
  const arrange = useCallback(() => void layout(), [layout]);
  /** Where a popover lies within the canvas, in pixels from its corner. */
  const placeInside = useCallback((clientX: number, clientY: number) => {
    const box = frame.current?.getBoundingClientRect();
    return {
      left: Math.min(Math.max(8, clientX - (box?.left ?? 0)), Math.max(8, (box?.width ?? 0) - 310)),
      top: Math.min(Math.max(8, clientY - (box?.top ?? 0)), Math.max(8, (box?.height ?? 0) - 310)),
    };
  }, []);
  const openSearch = useCallback(
    (clientX: number, clientY: number, end: FixedEnd | null = null) =>
      setAdding({
        ...placeInside(clientX, clientY),
        at: flow.screenToFlowPosition({ x: clientX, y: clientY }),
        end,
      }),
    [flow, placeInside],
  );
  const openSearchBeside = useCallback(() => {
    const box = frame.current?.getBoundingClientRect();
    const middle = { x: (box?.left ?? 0) + (box?.width ?? 0) / 2, y: (box?.top ?? 0) + 120 };
    setAdding({ ...placeInside(middle.x - 150, middle.y), at: null, end: null });
  }, [placeInside]);
  const addNoteHere = useCallback(
    (x: number, y: number) => addNoteAt(flow.screenToFlowPosition({ x, y })),
    [flow],
  );
  const wiring = useMemo(() => createWiring(({ end, x, y }) => openSearch(x, y, end)), [openSearch]);
  const closeConnecting = useCallback(() => setConnecting(null), []);
  const closeSearch = useCallback(() => setAdding(null), []);
  useShortcuts(
    useMemo(
      () => ({
        fit: showAll,
        fitSelection,
        layout: arrange,
        note: () =>
          addNoteAt(frame.current?.matches(':hover') ? flow.screenToFlowPosition(pointer.current) : null),
        search: () => {
          const { x, y } = pointer.current;
          if (!frame.current?.matches(':hover')) openSearchBeside();
          // Where a card lies already the next one would hide it: it goes beside the selected one.
          else if (cardAt(x, y) !== null) setAdding({ ...placeInside(x, y), at: null, end: null });
          else openSearch(x, y);
        },
      }),
      [showAll, fitSelection, arrange, openSearch, openSearchBeside, placeInside, flow],
    ),
  );

  useEffect(() => (frame.current ? attachLift(frame.current) : undefined), []);
  useEffect(() => (frame.current ? attachStrokes(frame.current) : undefined), []);
  useEffect(() => (frame.current ? attachPanKey(frame.current) : undefined), []);
  useEffect(() => (frame.current ? attachPorts(frame.current, store) : undefined), [store]);
  useEffect(() => (frame.current ? attachPicking(frame.current) : undefined), []);
  useEffect(attachDragKeys, []);
  useEffect(attachGivingUp, []);
  useEffect(attachForecast, []);
  useEffect(() => {
    setCanvasView({
      center: () => {
        const box = frame.current?.getBoundingClientRect();
        return box
          ? flow.screenToFlowPosition({ x: box.left + box.width / 2, y: box.top + box.height / 2 })
          : { x: 0, y: 0 };
      },
      sight: () => {
        const box = frame.current?.getBoundingClientRect() ?? new DOMRect();
        const { x: left, y: top } = flow.screenToFlowPosition({ x: box.left, y: box.top });
        const { x: right, y: bottom } = flow.screenToFlowPosition({ x: box.right, y: box.bottom });
        return { left, top, right, bottom };
      },
      toDocument: (x, y) => flow.screenToFlowPosition({ x, y }),
      show: (place) => {
        const box = frame.current?.getBoundingClientRect();
        const { x, y } = flow.flowToScreenPosition(place);
        const margin = 90;
        const inSight =
          box &&
          x > box.left + margin &&
          x < box.right - margin &&
          y > box.top + margin &&
          y < box.bottom - margin;
        if (!inSight) void flow.setCenter(place.x, place.y, { zoom: flow.getZoom(), ...motion });
      },
      connect: (nodeId) => {
        const card = frame.current
          ?.querySelector(`[data-id="${CSS.escape(nodeId)}"]`)
          ?.getBoundingClientRect();
        setConnecting({ nodeId, ...placeInside((card?.right ?? 0) + 12, card?.top ?? 0) });
      },
    });
    return () => setCanvasView(null);
  }, [flow, motion, placeInside]);

  useEffect(() => {
    if (!reveal) return;
    void flow.fitView({ nodes: [{ id: reveal.nodeId }], maxZoom: 1, padding: 0.6, ...motion });
    // Done once: a canvas that is shown again later stays where it was.
    useSelectionStore.setState({ reveal: null });
  }, [reveal, flow, motion]);

  const { onViewportChange, onInit } = useDetail(frame);
  const onView = useCallback(
    (view: Viewport) => {
      noteViewport(documentId, view);
      onViewportChange(view);
    },
    [documentId, onViewportChange],
  );
  const onDrop = (event: DragEvent): void => {
    const kind = event.dataTransfer.getData(NODE_KIND_TYPE);
    if (!kind) return;
    event.preventDefault();
    const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    addDropped(kind, at, event.altKey);
  };
  const onDoubleClick = (event: MouseEvent): void => {
    if ((event.target as Element).classList.contains('react-flow__pane'))
      openSearch(event.clientX, event.clientY);
  };

  // React Flow describes every wire by it to those who do not see it.
  const spoken = useMemo(
    () => ({
      'node.a11yDescription.default': t('canvas.cardKeys'),
      'edge.a11yDescription.default': t('canvas.wireKeys'),
    }),
    [t],
  );
  const large = isLarge(document.nodes);
  // One element for all renders: a dragged node renders this component at every move.
  const overlays = useMemo(
    () => (
      <>
        <FrameLayer />
        <NoteLayer />
        <CompareLayer />
        <GuideLines />
        <Background variant={BackgroundVariant.Dots} gap={20} size={1.4} color="var(--canvas-dot)" />
        <Panel position="top-left" className="cv-top">
          <CanvasHeading />
          <CompareBar />
        </Panel>
        <Panel position="top-right">
          <CanvasLayers />
        </Panel>
        <Panel position="bottom-center">
          <SelectionBar place="middle" />
        </Panel>
        <Panel position="bottom-center">
          <PickingNote />
        </Panel>
        <Panel position="bottom-left">
          <SelectionBar place="corner" />
          <GraphFacts />
          <CanvasControls onFit={showAll} onLayout={arrange} onNote={() => addNoteAt(null)} />
        </Panel>
        {minimap && (large ? <WideMap /> : <GraphMap />)}
      </>
    ),
    [arrange, showAll, minimap, large],
  );

  return (
    <CanvasMenu onAddNode={openSearch} onAddNote={addNoteHere}>
      <section
        className="cv"
        ref={frame}
        aria-label={t('canvas.label')}
        onDragOver={(event) => {
          if (!event.dataTransfer.types.includes(NODE_KIND_TYPE)) return;
          event.preventDefault();
          showReceiver(flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }), event.altKey);
        }}
        onDragLeave={({ currentTarget, relatedTarget }) => {
          if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) hideReceiver();
        }}
        onDrop={onDrop}
        onDoubleClick={onDoubleClick}
        onPointerMove={(event) => {
          pointer.current = { x: event.clientX, y: event.clientY };
        }}
      >
        {firstView !== undefined && (
          <ReactFlow<CardNode>
            {...flowSettings}
            ariaLabelConfig={spoken}
            nodes={nodes}
            edges={edges}
            onNodesChange={onNodesChange}
            onEdgesChange={onEdgesChange}
            onConnectEnd={wiring.onConnectEnd}
            onReconnectStart={wiring.onReconnectStart}
            onReconnect={wiring.onReconnect}
            onReconnectEnd={wiring.onReconnectEnd}
            onViewportChange={onView}
            fitView={firstView === null && fitsAtFirst}
            {...(firstView && { defaultViewport: firstView })}
            onInit={onInit}
            onlyRenderVisibleElements={huge}
            minZoom={minZoom}
          >
            {overlays}
            {adding?.end && adding.at && <WaitingWire end={adding.end} at={adding.at} />}
          </ReactFlow>
        )}
        {document.nodes.length === 0 && (
          <div className="cv-empty">
            <p>{t('canvas.empty')}</p>
            <Button onClick={() => addAtCenter('mnist')}>{t('canvas.emptyAction')}</Button>
          </div>
        )}
        <StrokeLine />
        {connecting && <ConnectPopover key={connecting.nodeId} {...connecting} onClose={closeConnecting} />}
        {adding && (
          <AddPopover
            left={adding.left}
            top={adding.top}
            fits={adding.end ? fitsEnd(adding.end) : undefined}
            onClose={closeSearch}
            onChoose={(kind) => {
              closeSearch();
              addFound(kind, adding);
              focusSelectedSoon();
            }}
          />
        )}
      </section>
    </CanvasMenu>
  );
}
