import { useReactFlow, useStore } from '@xyflow/react';
import { type PointerEvent, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { definitionOf } from '#shared/graph/definitionOf.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { categoryColor } from '../ui/categories.ts';
import { useThemeChange } from '../ui/useThemeChange.ts';
import { useCardBoxes } from './cardBoxes.ts';
import { useHeat } from './heat.ts';
import { problemIndex } from './problemIndex.ts';
import { unionOf } from './snap.ts';
import type { Box } from './wirePath.ts';

const SIZE = { width: 148, height: 96 };
const MARGIN = 4;
/** Dots on the map that a card takes up at least. */
const LEAST = 1;
/** Dots on the map from which on a card with a problem keeps its colour within the mark. */
const ROOM = 2;
/** So large the frame around what is in sight is at least. */
const LEAST_VIEW = 7;

/** The picture is drawn when edits have come to rest for so long: it must not take part in each keystroke. */
const REST_MS = 80;
/** By how much a notch of the wheel zooms: React Flow's own. */
const WHEEL = 0.002;

/** The map of a large graph: dots on one picture in place of an element for each card. */
export function WideMap() {
  const { t } = useTranslation();
  const flow = useReactFlow();
  const canvas = useRef<HTMLCanvasElement>(null);
  const boxes = useCardBoxes((state) => state.boxes);
  const graph = useDocumentStore((state) => state.graph);
  const analysis = useDocumentStore((state) => state.graphAnalysis);
  const theme = useThemeChange();
  const heat = useHeat();
  const [x, y, zoom] = useStore((state) => state.transform);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const view = useMemo(() => {
    const all = unionOf(boxes.all) ?? { left: 0, top: 0, right: 1, bottom: 1 };
    const scale = Math.min(
      (SIZE.width - 2 * MARGIN) / (all.right - all.left),
      (SIZE.height - 2 * MARGIN) / (all.bottom - all.top),
    );
    return {
      scale,
      left: (SIZE.width - (all.right - all.left) * scale) / 2 - all.left * scale,
      top: (SIZE.height - (all.bottom - all.top) * scale) / 2 - all.top * scale,
    };
  }, [boxes]);

  useEffect(() => {
    const draw = (): void => {
      const element = canvas.current;
      const context = element?.getContext('2d');
      if (!element || !context || !graph || theme < 0) return;
      const dots = devicePixelRatio;
      element.width = SIZE.width * dots;
      element.height = SIZE.height * dots;
      context.scale(dots, dots);
      const style = getComputedStyle(document.documentElement);
      const resolve = (color: string): string =>
        color.replace(/var\((--[\w-]+)\)/g, (_, token: string) => style.getPropertyValue(token).trim());
      const kinds = new Map(graph.nodes.map((node) => [node.id, definitionOf(graph, node)?.category]));
      const colors = new Map(Object.entries(categoryColor).map(([name, token]) => [name, resolve(token)]));
      const { byNode } = problemIndex(analysis);
      const fillBoxes = (all: readonly Box[], colorOf: (id: string) => string, grown: number): void => {
        for (const box of all) {
          context.fillStyle = colorOf(box.id);
          context.fillRect(
            box.left * view.scale + view.left - grown,
            box.top * view.scale + view.top - grown,
            Math.max(LEAST, (box.right - box.left) * view.scale) + 2 * grown,
            Math.max(LEAST, (box.bottom - box.top) * view.scale) + 2 * grown,
          );
        }
      };
      const colorOf = (id: string): string =>
        heat ? resolve(heat.colorOf(id)) : (colors.get(kinds.get(id) ?? 'shape') ?? '');
      fillBoxes(boxes.all, colorOf, 0);
      // Over all others: what is wrong must not be covered. Its own colour within, where there is room.
      const [danger, warn] = [resolve('var(--danger)'), resolve('var(--warn)')];
      const wrong = boxes.all.filter(({ id }) => byNode.has(id));
      fillBoxes(
        wrong,
        (id) => (byNode.get(id)?.some(({ severity }) => severity === 'error') ? danger : warn),
        1,
      );
      fillBoxes(
        wrong.filter((box) => (box.bottom - box.top) * view.scale >= ROOM),
        colorOf,
        0,
      );
    };
    const timer = setTimeout(draw, REST_MS);
    return () => clearTimeout(timer);
  }, [boxes, graph, analysis, view, theme, heat]);

  const go = ({ currentTarget, clientX, clientY }: PointerEvent): void => {
    const corner = currentTarget.getBoundingClientRect();
    void flow.setCenter(
      (clientX - corner.left - view.left) / view.scale,
      (clientY - corner.top - view.top) / view.scale,
      { zoom },
    );
  };
  return (
    <div className="cv-map">
      <div
        className="react-flow__minimap wide-map"
        role="img"
        aria-label={t('canvas.minimap')}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          go(event);
        }}
        onPointerMove={(event) => {
          if (event.buttons === 1) go(event);
        }}
        onWheel={({ deltaY }) => void flow.zoomTo(zoom * 2 ** (-deltaY * WHEEL))}
      >
        <canvas ref={canvas} style={SIZE} />
        <i
          style={{
            left: ((width / 2 - x) / zoom) * view.scale + view.left,
            top: ((height / 2 - y) / zoom) * view.scale + view.top,
            width: Math.max(LEAST_VIEW, (width / zoom) * view.scale),
            height: Math.max(LEAST_VIEW, (height / zoom) * view.scale),
          }}
        />
      </div>
    </div>
  );
}
