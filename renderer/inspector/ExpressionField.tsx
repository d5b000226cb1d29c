import { type KeyboardEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addVariable } from '#shared/graph/commands.ts';
import { isExpression } from '#shared/graph/paramExpressions.ts';
import { variableScope } from '#shared/graph/variableScope.ts';
import type { JsonValue } from '#shared/protocol/json.ts';
import { editDocument } from '../canvas/canvasApi.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { Button } from '../ui/Button.tsx';
import { formatValue } from '../ui/format.ts';
import { type Draft, NumberField } from '../ui/NumberField.tsx';
import { type Entry, isTypedFor, nameAtCaret, operates, readEntry } from './expressionEntry.ts';
import type { NumberControl } from './formFields.ts';
import { PointedText } from './PointedText.tsx';

interface ExpressionFieldProps {
  readonly id?: string;
  readonly label: string;
  readonly control: Omit<NumberControl, 'control'>;
  /** A number, or an expression. */
  readonly value: JsonValue;
  /** What an expression comes to, or stands in its place where it comes to nothing. */
  readonly number: number;
  readonly invalid?: boolean;
  /** What is wrong with the stored value is said elsewhere: here only what is wrong with what is being typed. */
  readonly told?: boolean;
  readonly mixed?: string | undefined;
  readonly describedBy?: string | undefined;
  readonly onChange: (value: JsonValue) => void;
  /** What was typed works on the value of each of those that are edited, e.g. `*2`. */
  readonly onOperate?: (typed: string) => void;
}

const MOST_NAMES = 6;

/** A number field that takes expressions of the graph's variables and shows what they come to. */
export function ExpressionField(props: ExpressionFieldProps) {
  const { control, label, value, number, mixed, told = false, onChange, onOperate, ...rest } = props;
  const { t } = useTranslation();
  const listId = useId();
  const document = useDocumentStore((state) => state.document);
  const scope = variableScope(document ?? {});
  const [choice, setChoice] = useState(0);
  const read = (typed: string): Entry => readEntry(typed, { scope, whole: control.integer, present: value });

  const fitting = (draft: Draft | null): readonly string[] => {
    const begun = draft ? nameAtCaret(draft.text, draft.caret) : undefined;
    if (begun === undefined) return [];
    const names = [...scope.values.keys()].filter((name) => name.startsWith(begun) && name !== begun);
    return names.slice(0, MOST_NAMES);
  };
  const take = (name: string, draft: Draft): void => {
    const begun = nameAtCaret(draft.text, draft.caret) ?? '';
    const start = draft.caret - begun.length;
    const caret = start + name.length;
    draft.type(draft.text.slice(0, start) + name + draft.text.slice(draft.caret), caret);
    setChoice(0);
    // The text is put in when React renders, and the caret with it at its end.
    requestAnimationFrame(() => draft.input.setSelectionRange(caret, caret));
  };
  const onKeyDown = (event: KeyboardEvent, draft: Draft | null): void => {
    const names = fitting(draft);
    const name = names[Math.min(choice, names.length - 1)];
    if (!draft || name === undefined) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setChoice((choice + step + names.length) % names.length);
    else if (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)) take(name, draft);
    else return;
    event.preventDefault();
  };

  return (
    <NumberField
      {...rest}
      edits
      label={label}
      value={number}
      mixed={mixed}
      onChange={onChange}
      integer={control.integer}
      {...(control.min !== undefined && { min: control.min })}
      {...(control.max !== undefined && { max: control.max })}
      step={control.step ?? (control.integer ? 1 : 0.1)}
      {...(control.logarithmic && { factor: 2 })}
      unit={control.unit}
      increaseLabel={t('inspector.increase', { param: label })}
      decreaseLabel={t('inspector.decrease', { param: label })}
      words={{
        stored: mixed === undefined && isExpression(value) ? value : undefined,
        isWords: (typed) => ['expression', 'wrong'].includes(read(typed).kind) || typed.trim() === '=',
        isStored: (typed) => isTypedFor(typed, value),
        result: (typed) => {
          const entry = read(typed);
          return entry.kind === 'expression'
            ? `= ${formatValue(Number(entry.value.toPrecision(7)))}`
            : undefined;
        },
        onType: (typed, done) => {
          const entry = read(typed);
          if (operates(typed)) {
            if (done && onOperate) onOperate(typed);
            else if (done && 'stored' in entry) onChange(entry.stored);
          } else if (entry.kind === 'expression' && (done || isExpression(entry.stored)))
            onChange(entry.stored);
          else if (entry.kind === 'wrong' && done) onChange(entry.stored);
        },
        onKeyDown,
        below: (shown, draft) => {
          const names = fitting(draft);
          if (draft && names.length > 0) {
            return (
              <Names
                id={listId}
                label={t('inspector.variables')}
                names={names}
                chosen={Math.min(choice, names.length - 1)}
                writtenValue={(name) => formatValue(scope.values.get(name))}
                onTake={(name) => take(name, draft)}
              />
            );
          }
          const entry = read(shown);
          return entry.kind === 'wrong' && (draft || !told) ? (
            <WhyWrong entry={entry} present={number} />
          ) : null;
        },
      }}
    />
  );
}

interface NamesProps {
  readonly id: string;
  readonly label: string;
  readonly names: readonly string[];
  readonly chosen: number;
  readonly writtenValue: (name: string) => string;
  readonly onTake: (name: string) => void;
}

/** The variables whose names go on as what is being typed. */
function Names({ id, label, names, chosen, writtenValue, onTake }: NamesProps) {
  return (
    <div id={id} role="listbox" aria-label={label} className="names">
      {names.map((name, index) => (
        <div
          key={name}
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          onPointerDown={(event) => {
            // The field keeps the focus.
            event.preventDefault();
            onTake(name);
          }}
        >
          {name}
          <code>{writtenValue(name)}</code>
        </div>
      ))}
    </div>
  );
}

/** The expression with the place where it is wrong, and the reason. */
function WhyWrong({
  entry,
  present,
}: {
  readonly entry: Extract<Entry, { kind: 'wrong' }>;
  readonly present: number;
}) {
  const { t } = useTranslation();
  const { stored, at, code, data } = entry;
  const pointed = code !== 'expression-not-whole' && code !== 'expression-no-number';
  return (
    <div className="f-why" role="status">
      {pointed && <PointedText text={stored} at={at} found={String(data.found ?? data.name ?? '')} />}
      {t(`inspector.wrong.${code}`, data)}
      {code === 'expression-variable-unknown' && (
        <Button
          size="sm"
          // The field keeps the focus, and with it what was typed.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => {
            const name = String(data.name);
            editDocument(addVariable({ name, value: stored.slice(1).trim() === name ? present : 1 }));
          }}
        >
          {t('inspector.addVariableNamed', { name: String(data.name) })}
        </Button>
      )}
    </div>
  );
}
