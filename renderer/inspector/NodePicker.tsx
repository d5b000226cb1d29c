import { Check, ListChecks, MousePointerClick } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { nodeTitle } from '#shared/graph/selectors.ts';
import { startPicking } from '../canvas/picking.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { menuHost } from '../ui/menuHost.ts';

interface NodePickerProps {
  readonly label: string;
  /** Ids of the nodes that are chosen. */
  readonly value: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
}

/** Chooses among the nodes and blocks that have weights to train, by what people call them. */
export function NodePicker({ label, value, onChange }: NodePickerProps) {
  const { t } = useTranslation();
  const document = useDocumentStore((state) => state.graph);
  const analysis = useDocumentStore((state) => state.graphAnalysis);
  if (!document) return null;
  const candidates = document.nodes.filter(
    ({ id }) => value.includes(id) || (analysis.nodes.get(id)?.parameterCount ?? 0) > 0,
  );
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="ib sm" aria-label={t('inspector.pickNodes', { param: label })}>
        <ListChecks size={15} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={menuHost()}>
        <DropdownMenu.Content className="menu max-h-80 overflow-y-auto" align="end" sideOffset={4}>
          {candidates.length === 0 && (
            <DropdownMenu.Label className="hint p-2">{t('inspector.pickNone')}</DropdownMenu.Label>
          )}
          {candidates.length > 0 && (
            <DropdownMenu.Item
              className="menu-item"
              // Once the menu has given the focus back.
              onSelect={() =>
                setTimeout(() =>
                  startPicking({
                    label,
                    candidates: new Set(candidates.map(({ id }) => id)),
                    ids: value,
                    onChange,
                  }),
                )
              }
            >
              <MousePointerClick size={14} aria-hidden="true" />
              {t('canvas.pick.start')}
            </DropdownMenu.Item>
          )}
          {candidates.map((node) => (
            <DropdownMenu.CheckboxItem
              key={node.id}
              className="menu-item"
              checked={value.includes(node.id)}
              // Several are chosen one after the other: the list stays open.
              onSelect={(event) => event.preventDefault()}
              onCheckedChange={(chosen) =>
                onChange(chosen ? [...value, node.id] : value.filter((id) => id !== node.id))
              }
            >
              <span className="grid size-4 place-items-center">
                <DropdownMenu.ItemIndicator>
                  <Check size={13} />
                </DropdownMenu.ItemIndicator>
              </span>
              {nodeTitle(node, document)} · {node.id}
            </DropdownMenu.CheckboxItem>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
