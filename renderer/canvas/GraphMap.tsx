import { MiniMap } from '@xyflow/react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { definitionOf } from '#shared/graph/definitionOf.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { categoryColor } from '../ui/categories.ts';
import { documentIndex } from './documentIndex.ts';
import { useHeat } from './heat.ts';
import { problemIndex } from './problemIndex.ts';
import type { CardNode } from './useCanvasNodes.ts';

/** Width of the line around a card with a problem, in document coordinates. */
const MARK_WIDTH = 24;

/** The whole graph, small: cards in the colours of their kinds or of the heat map, and where something is wrong. */
export function GraphMap() {
  const { t } = useTranslation();
  const problems = useDocumentStore(({ graphAnalysis }) => problemIndex(graphAnalysis).byNode);
  const heat = useHeat();
  const color = useCallback(
    ({ id }: CardNode): string => {
      if (heat) return heat.colorOf(id);
      const { graph } = useDocumentStore.getState();
      const card = graph && documentIndex(graph).nodes.get(id);
      const definition = card ? definitionOf(graph, card) : undefined;
      return definition ? categoryColor[definition.category] : 'var(--c-shape)';
    },
    [heat],
  );
  const mark = useCallback(
    ({ id }: CardNode): string => {
      const found = problems.get(id);
      if (!found) return 'transparent';
      return found.some(({ severity }) => severity === 'error') ? 'var(--danger)' : 'var(--warn)';
    },
    [problems],
  );
  return (
    <div className="cv-map">
      <MiniMap<CardNode>
        pannable
        zoomable
        ariaLabel={t('canvas.minimap')}
        nodeColor={color}
        nodeStrokeColor={mark}
        nodeStrokeWidth={MARK_WIDTH}
        nodeBorderRadius={10}
        maskColor="color-mix(in srgb, var(--canvas) 62%, transparent)"
        style={{ width: 148, height: 96 }}
      />
    </div>
  );
}
