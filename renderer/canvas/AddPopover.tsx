import { useTranslation } from 'react-i18next';
import type { NodeDefinition } from '#shared/nodes/defineNode.ts';
import { blocksComeFirst, findBlockChoices } from '../blocks/blockChoices.ts';
import { definitionText } from '../i18n/nodeText.ts';
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
export function AddPopover({ fits = () => true, ...props }: AddPopoverProps) {
  const { t } = useTranslation();
  return (
    <SearchPopover
      {...props}
      label={t('canvas.addTitle')}
      placeholder={t('canvas.addPlaceholder')}
      none={(query) => t('canvas.addNone', { query })}
      find={(query) => {
        const nodes = searchNodes(query)
          .filter(fits)
          .map((definition) => {
            const text = definitionText(definition);
            return { id: definition.kind, definition, title: text.title, note: text.description };
          });
        const blocks = findBlockChoices(query)
          .filter(({ face }) => fits(face))
          .map(({ key, face }) => ({
            id: key,
            definition: face,
            title: face.text.title,
            note: face.text.description,
          }));
        return blocksComeFirst(query) ? [...blocks, ...nodes] : [...nodes, ...blocks];
      }}
    />
  );
}
