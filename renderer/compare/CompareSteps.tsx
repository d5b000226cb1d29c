import { ChevronDown, ChevronUp, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcut } from '../commands/keymapStore.ts';
import { IconButton } from '../ui/Button.tsx';

interface CompareStepsProps {
  /** Whether there is a difference to go to. */
  readonly any: boolean;
  readonly onStep: (by: 1 | -1) => void;
  readonly onEnd: () => void;
  /** What stands before the button that ends the comparison. */
  readonly children?: ReactNode;
}

/** Buttons that lead from difference to difference, and out of the comparison. */
export function CompareSteps({ any, onStep, onEnd, children }: CompareStepsProps) {
  const { t } = useTranslation();
  const nextKeys = useShortcut('compare-next');
  const previousKeys = useShortcut('compare-previous');
  return (
    <>
      <IconButton
        className="sm"
        label={t('compare.previous')}
        {...(previousKeys !== undefined && { shortcut: previousKeys })}
        disabled={!any}
        onClick={() => onStep(-1)}
      >
        <ChevronUp size={14} />
      </IconButton>
      <IconButton
        className="sm"
        label={t('compare.next')}
        {...(nextKeys !== undefined && { shortcut: nextKeys })}
        disabled={!any}
        onClick={() => onStep(1)}
      >
        <ChevronDown size={14} />
      </IconButton>
      {children}
      <IconButton className="sm" label={t('compare.end')} onClick={onEnd}>
        <X size={14} />
      </IconButton>
    </>
  );
}
