import { ChevronsDownUp, ChevronsUpDown } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { setView, useViewStore } from '../stores/viewStore.ts';
import { IconButton } from '../ui/Button.tsx';
import { categories } from '../ui/categories.ts';
import { NodeList } from './NodeList.tsx';
import { Outline } from './Outline.tsx';

/** The left panel: every node type, to be added; or the open graph as a tree. */
export function Library() {
  const { t } = useTranslation();
  const tab = useViewStore((view) => view.libraryTab);
  const folded = useViewStore((view) => view.foldedCategories);
  return (
    <aside className="lib" aria-label={t('library.title')}>
      <Tabs.Root
        value={tab}
        onValueChange={(value) => setView({ libraryTab: value === 'outline' ? 'outline' : 'nodes' })}
        className="contents"
      >
        <div className="ph">
          <Tabs.List className="lib-tabs" aria-label={t('library.title')}>
            <Tabs.Trigger value="nodes">{t('library.title')}</Tabs.Trigger>
            <Tabs.Trigger value="outline">{t('library.outline')}</Tabs.Trigger>
          </Tabs.List>
          {tab === 'nodes' && (
            <IconButton
              className="sm"
              label={folded.length > 0 ? t('library.unfold') : t('library.fold')}
              onClick={() =>
                setView({ foldedCategories: folded.length > 0 ? [] : ['blocks-ready', ...categories] })
              }
            >
              {folded.length > 0 ? <ChevronsUpDown size={14} /> : <ChevronsDownUp size={14} />}
            </IconButton>
          )}
        </div>
        <Tabs.Content value="nodes" className="lib-panel">
          <NodeList />
        </Tabs.Content>
        <Tabs.Content value="outline" className="lib-panel">
          <Outline />
        </Tabs.Content>
      </Tabs.Root>
    </aside>
  );
}
