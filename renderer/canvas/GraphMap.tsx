import { MiniMap, type MiniMapNodeProps } from '@xyflow/react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { categoryColor } from '../ui/categories.ts';
import { useCardFacts } from './cardFacts.ts';
import { useHeat } from './heat.ts';
import type { CardNode } from './useCanvasNodes.ts';

/** Width of the line around a card with a problem, in document coordinates. */
const MARK_WIDTH = 24;
const RADIUS = 10;

/** A card in the map. It knows by itself how it looks, so that an edit elsewhere leaves it alone. */
const MapCard = memo(function MapCard({ id, x, y, width, height, className }: MiniMapNodeProps) {
  const { definition, problems = [] } = useCardFacts(id) ?? {};
  const heat = useHeat();
  const fill = heat?.colorOf(id) ?? (definition ? categoryColor[definition.category] : 'var(--c-shape)');
  const bad = problems.some(({ severity }) => severity === 'error');
  const stroke = bad ? 'var(--danger)' : problems.length > 0 ? 'var(--warn)' : 'transparent';
  return (
    <rect
      className={`react-flow__minimap-node ${className}`}
      x={x}
      y={y}
      rx={RADIUS}
      ry={RADIUS}
      width={width}
      height={height}
      style={{ fill, stroke, strokeWidth: MARK_WIDTH }}
    />
  );
});

/** The whole graph, small: cards in the colours of their kinds or of the heat map, and where something is wrong. */
export function GraphMap() {
  const { t } = useTranslation();
  return (
    <div className="cv-map">
      <MiniMap<CardNode>
        pannable
        zoomable
        ariaLabel={t('canvas.minimap')}
        nodeComponent={MapCard}
        maskColor="color-mix(in srgb, var(--canvas) 62%, transparent)"
        style={{ width: 148, height: 96 }}
      />
    </div>
  );
}
