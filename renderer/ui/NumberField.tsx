import { Minus, Plus } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { formatValue } from './format.ts';

/** How a number field takes words, such as expressions, as well as numbers. */
export interface WordsSlot {
  /** What is stored in place of a number. */
  readonly stored: string | undefined;
  readonly isWords: (typed: string) => boolean;
  /** Whether what was typed is what is stored, so that it may stay as it was typed. */
  readonly isStored: (typed: string) => boolean;
  /** Called as one types; `done` when the field is left or Enter pressed. */
  readonly onType: (typed: string, done: boolean) => void;
  /** What it comes to, shown in the field. */
  readonly result: (typed: string) => string | undefined;
  /** What stands under the field while it shows words. */
  readonly below: (shown: string, draft: Draft | null) => ReactNode;
  /** Sees every key before the field does. */
  readonly onKeyDown: (event: KeyboardEvent, draft: Draft | null) => void;
}

/** What is being typed. */
export interface Draft {
  readonly text: string;
  readonly caret: number;
  readonly input: HTMLInputElement;
  readonly type: (text: string, caret: number) => void;
}

interface NumberFieldProps {
  readonly id?: string;
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly integer?: boolean;
  /** Steps multiply and divide by this instead of adding. */
  readonly factor?: number;
  readonly invalid?: boolean;
  /** Shown in place of the value where several are edited that differ. */
  readonly mixed?: string | undefined;
  /** Shown after the number. */
  readonly unit?: string | undefined;
  readonly describedBy?: string | undefined;
  readonly increaseLabel: string;
  readonly decreaseLabel: string;
  readonly words?: WordsSlot;
  /** What is typed edits the document at once, so that undo is the document's and not the field's. */
  readonly edits?: boolean;
}

/** A number with its steps; what is typed takes effect as soon as it is a number, arrows step. */
export function NumberField(props: NumberFieldProps) {
  const { value, onChange, min = -Infinity, max = Infinity, step = 1, integer = false, words } = props;
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<{ text: string; caret: number; over: string } | null>(null);
  const stored = words?.stored;
  const present = stored ?? String(value);
  const isStored = (text: string): boolean =>
    stored === undefined ? Number(text.replace(',', '.')) === value : (words?.isStored(text) ?? false);
  // A value changed elsewhere (undo, a fix) shows at once; what is being typed stays as typed.
  const draft = typed && (typed.over === present || isStored(typed.text)) ? typed : null;
  const shown = draft?.text ?? stored ?? (props.mixed === undefined ? formatValue(value) : '');
  const inWords = words?.isWords(shown) ?? false;

  const stepBy = (direction: 1 | -1, times = 1): void => {
    const raw =
      props.factor !== undefined && value !== 0
        ? value * props.factor ** (direction * times)
        : value + direction * step * times;
    const rounded = integer ? Math.round(raw) : Number(raw.toPrecision(8));
    setTyped(null);
    onChange(Math.min(max, Math.max(min, rounded)));
  };
  const type = (text: string, caret: number): void => {
    setTyped({ text, caret, over: present });
    if (words?.isWords(text)) words.onType(text, false);
    else {
      const number = Number(text.replace(',', '.'));
      if (text.trim() !== '' && Number.isFinite(number)) onChange(number);
    }
  };
  const finish = (): void => {
    if (draft && words?.isWords(draft.text)) words.onType(draft.text, true);
    setTyped(null);
  };
  const typing = (): Draft | null => draft && input.current && { ...draft, input: input.current, type };
  const onKeyDown = (event: KeyboardEvent): void => {
    words?.onKeyDown(event, typing());
    if (event.defaultPrevented) return;
    if ((event.key === 'ArrowUp' || event.key === 'ArrowDown') && !inWords) {
      event.preventDefault();
      stepBy(event.key === 'ArrowUp' ? 1 : -1, event.shiftKey ? 10 : 1);
    } else if (event.key === 'Enter') finish();
  };

  const result = inWords ? words?.result(shown) : undefined;
  const field = (
    <div className="inp num" data-invalid={props.invalid || undefined}>
      <input
        ref={input}
        id={props.id}
        aria-label={props.label}
        aria-invalid={props.invalid || undefined}
        aria-describedby={props.describedBy}
        data-edits={props.edits || undefined}
        inputMode={words ? 'text' : integer ? 'numeric' : 'decimal'}
        autoComplete="off"
        spellCheck={false}
        placeholder={props.mixed}
        title={inWords ? shown : undefined}
        value={shown}
        onChange={({ target }) => type(target.value, target.selectionStart ?? target.value.length)}
        onKeyDown={onKeyDown}
        onBlur={finish}
      />
      {inWords ? (
        result !== undefined && <output className="inp-result">{result}</output>
      ) : (
        <span className="stp">
          {props.unit !== undefined && shown !== '' && <span className="inp-unit">{props.unit}</span>}
          <button
            type="button"
            tabIndex={-1}
            aria-label={props.decreaseLabel}
            disabled={value <= min}
            onClick={() => stepBy(-1)}
          >
            <Minus size={11} />
          </button>
          <button
            type="button"
            tabIndex={-1}
            aria-label={props.increaseLabel}
            disabled={value >= max}
            onClick={() => stepBy(1)}
          >
            <Plus size={11} />
          </button>
        </span>
      )}
    </div>
  );
  if (!words) return field;
  return (
    <div className="words">
      {field}
      {inWords && words.below(shown, typing())}
    </div>
  );
}
