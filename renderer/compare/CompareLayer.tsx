import { useReactFlow, ViewportPortal } from '@xyflow/react';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { blockGraph, openBlocks } from '#shared/graph/blockLevels.ts';
import { definitionOf } from '#shared/graph/definitionOf.ts';
import { edgeId, type GraphDocument, type NodeInstance } from '#shared/graph/document.ts';
import { nodeTitle } from '#shared/graph/selectors.ts';
import { canvasSight } from '../canvas/canvasApi.ts';
import { useCardBoxes } from '../canvas/cardBoxes.ts';
import { definitionText } from '../i18n/nodeText.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { categoryStyle, Glyph } from '../ui/Glyph.tsx';
import { baseDocument, changeSign, useCompareStore, useGraphChanges } from './compareStore.ts';
import { GHOST_WIDTH, ghostBox, ghostsOf } from './ghosts.ts';
import { currentItems, showChange } from './stepChanges.ts';

/** Of a card that has not been measured yet. */
const CARD = { width: 170, height: 110 };
const NEAREST = 1.1;
const FARTHEST = 0.4;

/** The graph on the canvas as it was on the other side; null where nothing is compared, or it was not there. */
function useBefore(): GraphDocument | null {
  const base = useCompareStore((state) => state.base);
  const document = useDocumentStore((state) => state.document);
  const level = useDocumentStore((state) => state.level);
  return useMemo(() => {
    if (!base || !document) return null;
    const whole = baseDocument(base);
    if (level.length === 0) return whole;
    const open = openBlocks(document, level).at(-1)?.block.id;
    const block = whole.blocks?.find(({ id }) => id === open);
    return block ? blockGraph(whole, block) : null;
  }, [base, document, level]);
}

/** What was there before and is not any more, drawn where it was; and the way to the difference that is looked at. */
export function CompareLayer() {
  const changes = useGraphChanges();
  const before = useBefore();
  const boxes = useCardBoxes((state) => state.boxes);
  const at = useCompareStore((state) => state.at);
  useShowDifference(before);
  const ghosts = useMemo(
    () => (changes && before ? ghostsOf(changes, before, boxes.all) : null),
    [changes, before, boxes],
  );
  if (!ghosts || !before) return null;
  return (
    <ViewportPortal>
      <div className="cmp-ghosts">
        {ghosts.frames.map(({ id, title, position, size }) => (
          <GhostBox key={id} id={id} part="frame" title={title} at={at} position={position} size={size} />
        ))}
        {ghosts.notes.map(({ id, text, position, size }) => (
          <GhostBox key={id} id={id} part="note" title={text} at={at} position={position} size={size} />
        ))}
        <svg className="cmp-wires" width="1" height="1" aria-hidden="true">
          {ghosts.wires.map(({ id, shape: [path, x, y] }) => (
            <g key={id} data-ghost-wire={id} data-at={at?.endsWith(`wire:${id}`)}>
              <path d={path} />
              <circle cx={x} cy={y} r="8" />
              <path className="minus" d={`M${x - 4} ${y}h8`} />
            </g>
          ))}
        </svg>
        {ghosts.nodes.map((node) => (
          <GhostCard
            key={node.id}
            node={node}
            graph={before}
            current={at?.endsWith(`node:${node.id}`) ?? false}
          />
        ))}
      </div>
    </ViewportPortal>
  );
}

/** Steps to a difference from what stands for it on the canvas. */
function showByKey(end: string): void {
  const item = currentItems().find(({ key, kind }) => kind === 'removed' && key.endsWith(end));
  if (item) showChange(item);
}

interface GhostCardProps {
  readonly node: NodeInstance;
  readonly graph: GraphDocument;
  readonly current: boolean;
}

/** A card that is not there any more: its name and its ports. */
function GhostCard({ node, graph, current }: GhostCardProps) {
  const { t } = useTranslation();
  const definition = definitionOf(graph, node);
  const text = definition && definitionText(definition);
  const title = nodeTitle(node, graph);
  const { inputs = [], outputs = [] } = definition?.ports ?? {};
  const rows = Array.from({ length: Math.max(1, inputs.length, outputs.length) }, (_, row) => ({
    key: `${inputs[row]?.id}:${outputs[row]?.id}`,
    input: inputs[row]?.id,
    output: outputs[row]?.id,
  }));
  return (
    <button
      type="button"
      className="cmp-ghost-card nopan"
      data-ghost={node.id}
      data-at={current}
      aria-label={t('compare.removedPart', { title })}
      style={{
        ...categoryStyle(definition?.category),
        left: node.position.x,
        top: node.position.y,
        width: GHOST_WIDTH,
      }}
      onClick={() => showByKey(`node:${node.id}`)}
    >
      <span className="node-head">
        <Glyph icon={definition?.icon} size={12} />
        <b>{title}</b>
      </span>
      <span className="rows">
        {rows.map(({ key, input, output }) => (
          <span key={key}>
            <i>{input === undefined ? '' : (text?.ports[input] ?? input)}</i>
            <i>{output === undefined ? '' : (text?.ports[output] ?? output)}</i>
          </span>
        ))}
      </span>
      <span className="cmp-sign is-removed" aria-hidden="true">
        {changeSign.removed}
      </span>
    </button>
  );
}

interface GhostBoxProps {
  readonly id: string;
  readonly part: 'frame' | 'note';
  readonly title: string;
  readonly at: string | null;
  readonly position: { readonly x: number; readonly y: number };
  readonly size: { readonly width: number; readonly height: number };
}

/** A frame or a note that is not there any more. */
function GhostBox({ id, part, title, at, position, size }: GhostBoxProps) {
  const { t } = useTranslation();
  const key = `${part}:${id}`;
  return (
    <div
      className="cmp-ghost-box"
      data-at={at?.endsWith(key)}
      style={{ left: position.x, top: position.y, ...size }}
    >
      <span className="cmp-sign is-removed" role="img" aria-label={t('compare.signs.removed')}>
        {changeSign.removed}
      </span>
      <span className="truncate">{title}</span>
    </div>
  );
}

/** The difference that was shown last: a canvas that is mounted anew does not go there again. */
let shown = 0;

function useShowDifference(before: GraphDocument | null): void {
  const flow = useReactFlow();
  const asked = useCompareStore((state) => state.asked);
  useEffect(() => {
    if (asked === 0 || asked === shown) return;
    const { at } = useCompareStore.getState();
    const item = currentItems().find(({ key }) => key === at);
    const { graph } = useDocumentStore.getState();
    if (!item || !graph) return;
    shown = asked;
    const { boxes } = useCardBoxes.getState();
    const cardArea = (id: string) => {
      const box = boxes.all.find((other) => other.id === id);
      if (box) return [box];
      const node = graph.nodes.find((other) => other.id === id);
      if (node) {
        const { x: left, y: top } = node.position;
        return [{ left, top, right: left + CARD.width, bottom: top + CARD.height }];
      }
      const old = before?.nodes.find((other) => other.id === id);
      return old && before ? [ghostBox(old, before)] : [];
    };
    const boxArea = (list: 'frames' | 'notes') => {
      const box = [...(graph[list] ?? []), ...(before?.[list] ?? [])].find(({ id }) => id === item.id);
      if (!box) return [];
      const { position, size } = box;
      return [
        {
          left: position.x,
          top: position.y,
          right: position.x + size.width,
          bottom: position.y + size.height,
        },
      ];
    };
    const wire = [...graph.edges, ...(before?.edges ?? [])].find((edge) => edgeId(edge) === item.id);
    const areas =
      item.part === 'node'
        ? cardArea(item.id)
        : item.part === 'wire'
          ? wire
            ? [...cardArea(wire.from.node), ...cardArea(wire.to.node)]
            : []
          : item.part === 'frame'
            ? boxArea('frames')
            : item.part === 'note'
              ? boxArea('notes')
              : [];
    if (areas.length === 0) return;
    const left = Math.min(...areas.map((area) => area.left));
    const top = Math.min(...areas.map((area) => area.top));
    const right = Math.max(...areas.map((area) => area.right));
    const bottom = Math.max(...areas.map((area) => area.bottom));
    const sight = canvasSight();
    const inSight =
      sight && left > sight.left && right < sight.right && top > sight.top && bottom < sight.bottom;
    const zoom = flow.getZoom();
    if (inSight && zoom >= FARTHEST) return;
    const room = sight
      ? { width: (sight.right - sight.left) * zoom, height: (sight.bottom - sight.top) * zoom }
      : null;
    const fits = room ? Math.min(room.width / (right - left), room.height / (bottom - top)) : NEAREST;
    const duration = matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 200;
    void flow.setCenter((left + right) / 2, (top + bottom) / 2, {
      zoom: Math.min(Math.max(zoom, 0.75), Math.max(0.1, fits * 0.8), NEAREST),
      duration,
    });
  }, [asked, before, flow]);
}
