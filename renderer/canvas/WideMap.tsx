import { useReactFlow, useStore } from '@xyflow/react';
import { type PointerEvent, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { definitionOf } from '#shared/graph/definitionOf.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { categoryColor } from '../ui/categories.ts';
import { useThemeChange } from '../ui/useThemeChange.ts';
import { useCardBoxes } from './cardBoxes.ts';
import { problemIndex } from './problemIndex.ts';
import { unionOf } from './snap.ts';

const SIZE = { width: 148, height: 96 };
const MARGIN = 4;
/** Dots on the map that a card takes up at least. */
const LEAST = 1;
/** So large the frame around what is in sight is at least. */
const LEAST_VIEW = 7;

/** The map of a graph of thousands: dots on one picture in place of an element for each card. */
export function WideMap() {
  const { t } = useTranslation();
  const flow = useReactFlow();
  const canvas = useRef<HTMLCanvasElement>(null);
  const boxes = useCardBoxes((state) => state.boxes);
  const graph = useDocumentStore((state) => state.graph);
  const analysis = useDocumentStore((state) => state.graphAnalysis);
  const theme = useThemeChange();
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
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || !graph || theme < 0) return;
    const dots = devicePixelRatio;
    element.width = SIZE.width * dots;
    element.height = SIZE.height * dots;
    context.scale(dots, dots);
    const style = getComputedStyle(document.documentElement);
    const colorOf = (token: string): string =>
      style.getPropertyValue(token.replace(/^var\((.*)\)$/, '$1')).trim();
    const kinds = new Map(graph.nodes.map((node) => [node.id, definitionOf(graph, node)?.category]));
    const colors = new Map(Object.entries(categoryColor).map(([name, token]) => [name, colorOf(token)]));
    const { byNode } = problemIndex(analysis);
    const draw = (ids: (id: string) => boolean, fill: (id: string) => string, grown: number): void => {
      for (const box of boxes.all) {
        if (!ids(box.id)) continue;
        context.fillStyle = fill(box.id);
        context.fillRect(
          box.left * view.scale + view.left - grown,
          box.top * view.scale + view.top - grown,
          Math.max(LEAST, (box.right - box.left) * view.scale) + 2 * grown,
          Math.max(LEAST, (box.bottom - box.top) * view.scale) + 2 * grown,
        );
      }
    };
    draw(
      () => true,
      (id) => colors.get(kinds.get(id) ?? 'shape') ?? '',
      0,
    );
    // Over all others: what is wrong must not be covered.
    const [danger, warn] = [colorOf('var(--danger)'), colorOf('var(--warn)')];
    draw(
      (id) => byNode.has(id),
      (id) => (byNode.get(id)?.some(({ severity }) => severity === 'error') ? danger : warn),
      1,
    );
  }, [boxes, graph, analysis, view, theme]);

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
