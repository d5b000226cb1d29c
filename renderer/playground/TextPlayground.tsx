import { Eraser, PenLine, Square } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HostError } from '#shared/protocol/host.ts';
import { toHostError } from '../host/hostFailure.ts';
import { callHost } from '../stores/hostStore.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { NumberField } from '../ui/NumberField.tsx';

/** Characters asked for at a time: few, so that one sees them come and can stop them. */
const CHUNK = 8;

interface TextPlaygroundProps {
  readonly runId: string;
  readonly vocabulary: readonly string[];
}

interface Settings {
  readonly temperature: number;
  readonly topK: number;
  readonly length: number;
}

/** A language model goes on with a text, character by character. */
export function TextPlayground({ runId, vocabulary }: TextPlaygroundProps) {
  const { t } = useTranslation();
  const promptId = useId();
  const [prompt, setPrompt] = useState('The whale ');
  const [written, setWritten] = useState('');
  const [settings, setSettings] = useState<Settings>({ temperature: 0.8, topK: 0, length: 400 });
  const [writing, setWriting] = useState(false);
  const [error, setError] = useState<HostError | null>(null);
  const turn = useRef(0);
  const output = useRef<HTMLTextAreaElement>(null);
  const stop = (): void => {
    turn.current += 1;
    setWriting(false);
  };
  useEffect(
    () => () => {
      turn.current += 1;
    },
    [],
  );
  // The end of the text stays in sight while it grows.
  useEffect(() => {
    if (written && output.current) output.current.scrollTop = output.current.scrollHeight;
  }, [written]);

  /** Goes on with what is there: the prompt, and what has been written since. */
  const write = async (already: string): Promise<void> => {
    turn.current += 1;
    const mine = turn.current;
    const { length, ...how } = settings;
    const seed = Math.floor(Math.random() * 2 ** 31);
    setWriting(true);
    setError(null);
    let text = already;
    try {
      while (turn.current === mine && text.length < already.length + length) {
        const count = Math.min(CHUNK, already.length + length - text.length);
        const { text: added } = await callHost('run.sampleText', {
          runId,
          text: prompt + text,
          count,
          seed,
          ...how,
        });
        if (turn.current !== mine) return;
        text += added;
        setWritten(text);
      }
    } catch (cause) {
      if (turn.current === mine) setError(toHostError(cause));
    } finally {
      if (turn.current === mine) setWriting(false);
    }
  };
  const setting = (
    key: keyof Settings,
    limits: { min: number; max: number; step?: number; integer?: boolean },
  ) => {
    const label = t(`dock.playground.${key}`);
    return (
      <Field label={label} help={t(`dock.playground.${key}Help`)}>
        {({ id }) => (
          <NumberField
            id={id}
            label={label}
            value={settings[key]}
            {...limits}
            increaseLabel={t('inspector.increase', { param: label })}
            decreaseLabel={t('inspector.decrease', { param: label })}
            onChange={(value) => {
              const fits = value >= limits.min && value <= limits.max;
              if (fits && (!limits.integer || Number.isInteger(value))) {
                setSettings({ ...settings, [key]: value });
              }
            }}
          />
        )}
      </Field>
    );
  };

  return (
    <div className="flex h-full min-h-0 gap-5 px-4 py-3">
      <div className="flex w-56 flex-none flex-col gap-2 overflow-y-auto pr-1">
        <label className="text-small font-medium" htmlFor={promptId}>
          {t('dock.playground.prompt')}
        </label>
        <textarea
          id={promptId}
          className="inp h-auto min-h-14 flex-none resize-y py-1 font-mono"
          rows={2}
          maxLength={10_000}
          spellCheck={false}
          value={prompt}
          onChange={(event) => setPrompt(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            event.stopPropagation();
            void write('');
          }}
        />
        <div className="mb-1 flex gap-2">
          {writing ? (
            <Button tone="solid" onClick={stop}>
              <Square size={12} />
              {t('dock.playground.stop')}
            </Button>
          ) : (
            <Button tone="primary" onClick={() => void write('')}>
              <PenLine size={13} />
              {t('dock.playground.write')}
            </Button>
          )}
          {!writing && written !== '' && (
            <Button onClick={() => void write(written)}>{t('dock.playground.goOn')}</Button>
          )}
        </div>
        {setting('temperature', { min: 0, max: 10, step: 0.1 })}
        {setting('topK', { min: 0, max: vocabulary.length, integer: true })}
        {setting('length', { min: 1, max: 10_000, step: 100, integer: true })}
      </div>
      <div className="flex min-h-0 min-w-0 grow flex-col gap-2">
        <div className="flex items-center">
          <h3 className="grow text-small font-medium">{t('dock.playground.written')}</h3>
          {written !== '' && !writing && (
            <Button size="sm" onClick={() => setWritten('')}>
              <Eraser size={12} />
              {t('dock.playground.clear')}
            </Button>
          )}
        </div>
        {error && (
          <p role="alert" className="rounded-sm bg-danger-soft px-2 py-1 text-caption wrap-anywhere">
            {error.message}
          </p>
        )}
        <textarea
          ref={output}
          readOnly
          aria-label={t('dock.playground.written')}
          aria-busy={writing}
          data-testid="written"
          className="inp h-auto min-h-0 grow resize-none overflow-y-auto p-2 font-mono text-small"
          placeholder={t('dock.playground.writtenHelp')}
          value={written === '' && !writing ? '' : prompt + written}
        />
      </div>
    </div>
  );
}
