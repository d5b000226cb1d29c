import { useReactFlow, useStore } from '@xyflow/react';
import { Maximize, Minus, Plus, StickyNote, Workflow } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { BlockCrumbs } from '../blocks/BlockCrumbs.tsx';
import { RepetitionHint } from '../blocks/RepetitionHint.tsx';
import { useShortcut } from '../commands/keymapStore.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { setView, useViewStore } from '../stores/viewStore.ts';
import { IconButton } from '../ui/Button.tsx';
import { formatQuantity } from '../ui/format.ts';
import { HeatMenu } from './HeatMenu.tsx';

/** Which graph this is, and how large. */
export function CanvasHeading() {
  const { t } = useTranslation();
  const parameters = useDocumentStore((state) => state.graphAnalysis.totals.parameters);
  return (
    <div className="over crumb">
      <BlockCrumbs />
      {parameters > 0 && (
        <span className="text-caption text-text-3 font-normal">
          {t('canvas.parameters', { count: formatQuantity(parameters) })}
        </span>
      )}
      <RepetitionHint />
    </div>
  );
}

/** What is drawn on top of the graph. */
export function CanvasLayers() {
  const { t } = useTranslation();
  const labels = useViewStore((view) => view.wireLabels);
  const minimap = useViewStore((view) => view.minimap);
  return (
    <div className="over layers">
      <button
        type="button"
        aria-pressed={labels}
        title={t('canvas.wireLabels')}
        onClick={() => setView({ wireLabels: !labels })}
      >
        {t('canvas.shapes')}
      </button>
      <button
        type="button"
        aria-pressed={minimap}
        title={t('canvas.minimap')}
        onClick={() => setView({ minimap: !minimap })}
      >
        {t('canvas.map')}
      </button>
      <HeatMenu />
    </div>
  );
}

interface ControlsProps {
  readonly onFit: () => void;
  readonly onLayout: () => void;
  readonly onNote: () => void;
}

/** The key of a command, where it has one now, for its button. */
function useKeys(command: string): { readonly shortcut?: string } {
  const shortcut = useShortcut(command);
  return shortcut === undefined ? {} : { shortcut };
}

/** By itself, since it changes with every turn of the wheel. */
function ZoomPercent() {
  const percent = useStore((state) => Math.round(state.transform[2] * 100));
  return <span>{`${percent}\u202f%`}</span>;
}

/** Zoom, fit, arrange. */
export function CanvasControls({ onFit, onLayout, onNote }: ControlsProps) {
  const { t } = useTranslation();
  const flow = useReactFlow();
  const fitKeys = useKeys('fit');
  const layoutKeys = useKeys('arrange');
  const noteKeys = useKeys('add-note');
  return (
    <div className="over zoom">
      <IconButton side="top" label={t('canvas.zoomOut')} onClick={() => void flow.zoomOut()}>
        <Minus size={14} />
      </IconButton>
      <button
        type="button"
        className="pct"
        aria-label={t('canvas.zoomReset')}
        onClick={() => void flow.zoomTo(1)}
      >
        <ZoomPercent />
      </button>
      <IconButton side="top" label={t('canvas.zoomIn')} onClick={() => void flow.zoomIn()}>
        <Plus size={14} />
      </IconButton>
      <IconButton side="top" label={t('canvas.fit')} {...fitKeys} onClick={onFit}>
        <Maximize size={14} />
      </IconButton>
      <IconButton side="top" label={t('canvas.layout')} {...layoutKeys} onClick={onLayout}>
        <Workflow size={14} />
      </IconButton>
      <IconButton side="top" label={t('commandNames.add-note')} {...noteKeys} onClick={onNote}>
        <StickyNote size={14} />
      </IconButton>
    </div>
  );
}
