import { SlidersHorizontal } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import type { GraphDocument } from '#shared/graph/document.ts';
import { graphTabs, showGraphTab, useGraphTab } from './graphTab.ts';
import { TrainingForm } from './TrainingForm.tsx';
import { VariablesForm } from './VariablesForm.tsx';

/** What is set of the graph as a whole, shown while nothing is selected. */
export function GraphForm({ document }: { readonly document: GraphDocument }) {
  const { t } = useTranslation();
  const tab = useGraphTab((state) => state.tab);
  return (
    <>
      <div className="ins-h">
        <span className="glyph plain">
          <SlidersHorizontal size={16} aria-hidden="true" />
        </span>
        <div>
          <h2>{t('inspector.graph')}</h2>
          <p>{t('inspector.graphText')}</p>
        </div>
      </div>
      <Tabs.Root
        value={tab}
        onValueChange={(value) => showGraphTab(graphTabs.find((name) => name === value) ?? 'setup')}
        className="contents"
      >
        <Tabs.List className="itabs" aria-label={t('inspector.graph')}>
          {graphTabs.map((name) => (
            <Tabs.Trigger key={name} value={name}>
              {t(`inspector.graphTabs.${name}`)}
              {name === 'variables' && document.variables && ` ${document.variables.length}`}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Tabs.Content value="setup" className="ins-body">
          <TrainingForm document={document} />
        </Tabs.Content>
        <Tabs.Content value="variables" className="ins-body">
          <VariablesForm document={document} />
        </Tabs.Content>
      </Tabs.Root>
    </>
  );
}
