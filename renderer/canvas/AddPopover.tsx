import { useTranslation } from 'react-i18next';
import type { NodeDefinition } from '#shared/nodes/defineNode.ts';
import { blocksComeFirst, findBlockChoices } from '../blocks/blockChoices.ts';
import { definitionText } from '../i18n/nodeText.ts';
import { knownFirst } from '../library/libraryStore.ts';
import { searchNodes } from '../library/searchNodes.ts';
import { SearchPopover } from './SearchPopover.tsx';

interface AddPopoverProps {
  /** Pixels from the canvas' corner. */
  readonly left: number;
  readonly top: number;
  /** Only node types that this is true of. */
  readonly fits?: ((definition: NodeDefinition) => boolean) | undefined;
  readonly onChoose: (kind: string) => void;
  readonly onClose: () => void;
}

/** Search at the pointer; Enter adds the node there. */
export function AddPopover({ fits, ...props }: AddPopoverProps) {
  const { t } = useTranslation();
  return (
    <SearchPopover
      {...props}
      label={t('canvas.addTitle')}
      placeholder={t(fits ? 'canvas.addFitting' : 'canvas.addPlaceholder')}
      none={(query) => t(fits ? 'canvas.addNoneFitting' : 'canvas.addNone', { query })}
      find={(query) => {
        const found = fits ? searchNodes(query).filter(fits) : searchNodes(query);
        // Before anything is typed what one likes and uses is nearest.
        const nodes = (query.trim() === '' ? knownFirst(found) : found).map((definition) => {
          const text = definitionText(definition);
          return { id: definition.kind, definition, title: text.title, note: text.description };
        });
        const choices = findBlockChoices(query).filter(({ face }) => !fits || fits(face));
        const blocks = choices.map(({ key, source, face }) => {
          const { title, description } = face.text;
          // One that is both in the graph and in one's library says which it is.
          const several = choices.some((other) => other.key !== key && other.face.text.title === title);
          const note = [several && t(`blocks.sources.${source}`), description].filter(Boolean).join(' · ');
          return { id: key, definition: face, title, note };
        });
        return blocksComeFirst(query) ? [...blocks, ...nodes] : [...nodes, ...blocks];
      }}
    />
  );
}
