import { useTranslation } from 'react-i18next';
import { nodeText } from '../i18n/nodeText.ts';
import { searchNodes } from '../library/searchNodes.ts';
import { SearchPopover } from './SearchPopover.tsx';

interface AddPopoverProps {
  /** Pixels from the canvas' corner. */
  readonly left: number;
  readonly top: number;
  readonly onChoose: (kind: string) => void;
  readonly onClose: () => void;
}

/** Search at the pointer; Enter adds the node there. */
export function AddPopover(props: AddPopoverProps) {
  const { t } = useTranslation();
  return (
    <SearchPopover
      {...props}
      label={t('canvas.addTitle')}
      placeholder={t('canvas.addPlaceholder')}
      none={(query) => t('canvas.addNone', { query })}
      find={(query) =>
        searchNodes(query).map((definition) => {
          const text = nodeText(definition.kind) ?? definition.text;
          return { id: definition.kind, definition, title: text.title, note: text.description };
        })
      }
    />
  );
}
