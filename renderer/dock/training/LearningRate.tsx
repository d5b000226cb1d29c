import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { formatRate } from '../../ui/figures.ts';
import { Slider } from '../../ui/Slider.tsx';

const LOWEST = 1e-6;
const HIGHEST = 1e-1;
const TICKS = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1];

interface LearningRateProps {
  readonly title: string;
  readonly value: number;
  /** True while a run takes the change at once. */
  readonly live: boolean;
  readonly disabled?: boolean;
  readonly onChange: (value: number) => void;
}

const clamp = (value: number): number => Math.min(HIGHEST, Math.max(LOWEST, value));
/** Three significant figures: finer steps than that are noise on a log slider. */
const round = (value: number): number => Number(value.toPrecision(3));

/** The learning rate of one optimiser on a logarithmic scale, as a field, and by halves and doubles. */
export function LearningRate({ title, value, live, disabled = false, onChange }: LearningRateProps) {
  const { t } = useTranslation();
  const fieldId = useId();
  const [text, setText] = useState<string | null>(null);
  const [dragged, setDragged] = useState<number | null>(null);
  const shown = dragged ?? value;

  // What was set stays until the new value has come back from the run or the document.
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setText(null);
    setDragged(null);
  }

  const send = (next: number): void => {
    if (Number.isFinite(next) && next > 0 && next !== value) onChange(next);
  };
  const takeText = (): void => {
    if (text !== null) send(Number(text.replace(',', '.')));
    setText(null);
  };

  return (
    <div className="flex flex-col gap-1.5" data-testid="learning-rate">
      <div className="flex items-center gap-1.5">
        <label htmlFor={fieldId} className="text-small font-medium">
          {title}
        </label>
        {live && (
          <span className="flex items-center gap-1.5 text-caption text-text-2">
            <i className="size-1.5 rounded-full bg-accent" />
            {t('dock.training.live')}
          </span>
        )}
        <input
          id={fieldId}
          inputMode="decimal"
          spellCheck={false}
          disabled={disabled}
          value={text ?? formatRate(shown)}
          onChange={(event) => setText(event.target.value)}
          onBlur={takeText}
          onKeyDown={(event) => {
            if (event.key === 'Enter') takeText();
            if (event.key === 'Escape') setText(null);
          }}
          className="ml-auto h-(--h-sm) w-20 rounded-sm bg-field px-2 font-mono text-small shadow-[inset_0_0_0_1px_var(--line-strong)] disabled:opacity-50"
        />
        <Button
          size="sm"
          disabled={disabled}
          aria-label={t('dock.training.halve')}
          onClick={() => send(round(shown / 2))}
        >
          ÷ 2
        </Button>
        <Button
          size="sm"
          disabled={disabled}
          aria-label={t('dock.training.double')}
          onClick={() => send(round(shown * 2))}
        >
          × 2
        </Button>
      </div>
      <Slider
        label={title}
        min={Math.log10(LOWEST)}
        max={Math.log10(HIGHEST)}
        step={0.01}
        value={Math.log10(clamp(shown))}
        valueText={formatRate(shown)}
        disabled={disabled}
        onChange={(exponent) => setDragged(round(10 ** exponent))}
        onCommit={(exponent) => send(round(10 ** exponent))}
      />
      <div className="flex justify-between font-mono text-micro leading-3 text-text-3" aria-hidden>
        {TICKS.map((tick) => (
          <span key={tick}>{tick.toExponential(0)}</span>
        ))}
      </div>
    </div>
  );
}
