import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { templateDocument, templateText } from '#shared/i18n/templateTexts.ts';
import { nodeDefinitions } from '#shared/nodes/registry.ts';
import { templates } from '#shared/templates/index.ts';
import { addNext } from '../../canvas/addNext.ts';
import { focusSelectedSoon } from '../../canvas/canvasFocus.ts';
import { isEnabled, runWindowCommand, useCommandStore } from '../../commands/commandStore.ts';
import { shortcutOf, useKeymapStore } from '../../commands/keymapStore.ts';
import { nodeText } from '../../i18n/nodeText.ts';
import { stem } from '../../library/searchByUse.ts';
import { matchNodes } from '../../library/searchNodes.ts';
import { useDocumentStore } from '../../stores/documentStore.ts';
import { Kbd } from '../../ui/Button.tsx';
import { fuzzyQuery } from '../../ui/fuzzy.ts';
import { categoryStyle, Glyph } from '../../ui/Glyph.tsx';
import { openFresh } from '../appCommands.ts';
import { type PickItem, QuickPick } from './QuickPick.tsx';

/** Most nodes that a query lists after the commands. */
const MOST_NODES = 8;

/** Every command by name with its key; and, once something is typed, nodes to add and templates to begin with. */
export function CommandPalette({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const commands = useCommandStore((store) => store.commands);
  const keymap = useKeymapStore();
  const editing = useDocumentStore((store) => store.document !== null && !store.startOpen);
  const known = useMemo(
    () =>
      commands.filter(isEnabled).map((command) => ({
        id: `command-${command.id}`,
        title: t(`commandNames.${command.id}`),
        // By its English name it is found in every language, as nodes are.
        english: t(`commandNames.${command.id}`, { lng: 'en' }),
        group: t(`commandGroups.${command.group}`),
        keys: shortcutOf(command.id, keymap),
      })),
    [commands, keymap, t],
  );
  const find = (query: string): readonly PickItem[] => {
    const scored = (words: string) =>
      known
        .map((item) => ({
          ...item,
          score: fuzzyQuery(words, [
            [item.title, 1],
            [item.english, 0.9],
            [item.group, 0.4],
          ]),
        }))
        .filter(({ score }) => query.trim() === '' || score > 0);
    const named = scored(query);
    // In other forms of the same words: `end comparing` for the end of the comparison.
    const listed = (named.length > 0 ? named : scored(query.toLowerCase().split(/\s+/).map(stem).join(' ')))
      .toSorted((a, b) => (query.trim() === '' ? 0 : b.score - a.score))
      .map(
        ({ id, title, group, keys }): PickItem => ({
          id,
          title,
          ...(query.trim() === '' ? { group } : { note: undefined }),
          end: keys !== undefined && <Kbd>{keys}</Kbd>,
        }),
      );
    if (query.trim() === '') return listed;
    const nodes = !editing
      ? []
      : matchNodes(query)
          .slice(0, MOST_NODES)
          .map(
            ({ kind, category, icon, text }): PickItem => ({
              id: `add-${kind}`,
              title: (nodeText(kind) ?? text).title,
              note: (nodeText(kind) ?? text).description,
              group: t('commandGroups.add'),
              icon: (
                <span style={categoryStyle(category)}>
                  <Glyph icon={icon} />
                </span>
              ),
            }),
          );
    const starts = templates
      .map((template) => ({ template, text: templateText(template) }))
      .filter(
        ({ text, template }) =>
          fuzzyQuery(query, [
            [text.title, 1],
            [template.title, 1],
            [text.architecture, 0.5],
          ]) > 0,
      )
      .map(
        ({ text, template }): PickItem => ({
          id: `template-${template.id}`,
          title: text.title,
          note: text.description,
          group: t('commandGroups.template'),
        }),
      );
    // A template that is called so comes before nodes that only have to do with it.
    const isCalledSo = ({ title }: PickItem): boolean =>
      title.toLowerCase().startsWith(query.trim().toLowerCase());
    return starts.some(isCalledSo) && !nodes.some(isCalledSo)
      ? [...listed, ...starts, ...nodes]
      : [...listed, ...nodes, ...starts];
  };
  const choose = (id: string): void => {
    onClose();
    // Once the palette has given the focus back: what follows may take it.
    setTimeout(() => {
      const kind = nodeDefinitions.find((definition) => id === `add-${definition.kind}`)?.kind;
      const template = templates.find((candidate) => id === `template-${candidate.id}`);
      if (kind !== undefined) {
        addNext(kind);
        focusSelectedSoon();
      } else if (template) void openFresh(templateDocument(template));
      else runWindowCommand(id.replace(/^command-/, ''));
    });
  };
  return (
    <QuickPick
      title={t('palette.title')}
      placeholder={t('palette.placeholder')}
      find={find}
      none={(query) => t('palette.none', { query })}
      foot={() => t('palette.keys')}
      onChoose={choose}
      onClose={onClose}
    />
  );
}
