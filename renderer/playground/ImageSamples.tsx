import { Dices, Square } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HostError, HostOutput } from '#shared/protocol/host.ts';
import { toHostError } from '../host/hostFailure.ts';
import { callHost } from '../stores/hostStore.ts';
import { Button } from '../ui/Button.tsx';
import { Field, Select } from '../ui/Field.tsx';
import { NumberField } from '../ui/NumberField.tsx';
import { SampleImage } from '../ui/SampleImage.tsx';

type Made = HostOutput<'run.sampleImages'>;

const COUNT = 40;
const EACH = 'each';

interface ImageSamplesProps {
  readonly runId: string;
  /** Names of the classes that can be asked for; null where none can. */
  readonly labels: readonly string[] | null;
  /** Whether the images come out of noise step by step. */
  readonly stepwise: boolean;
  /** Grows when the weights have changed: the same noise is then shown by newer weights. */
  readonly weightsVersion: number;
}

/** What a generator makes of noise: the same noise while it trains, other noise on demand. */
export function ImageSamples({ runId, labels, stepwise, weightsVersion }: ImageSamplesProps) {
  const { t } = useTranslation();
  const [seed, setSeed] = useState(1);
  const [wanted, setWanted] = useState(EACH);
  const [steps, setSteps] = useState(60);
  const [made, setMade] = useState<Made | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<HostError | null>(null);
  const turn = useRef(0);

  const make = useCallback(
    async (from: number, wantedClass: number | null, stepCount: number): Promise<void> => {
      turn.current += 1;
      const mine = turn.current;
      setBusy(true);
      setError(null);
      try {
        let state: Made['state'] = null;
        do {
          const next: Made = await callHost('run.sampleImages', {
            ...{ runId, count: COUNT, seed: from, wantedClass, steps: stepCount, state },
          });
          if (turn.current !== mine) return;
          setMade(next);
          state = next.state;
        } while (state);
      } catch (cause) {
        if (turn.current === mine) setError(toHostError(cause));
      } finally {
        if (turn.current === mine) setBusy(false);
      }
    },
    [runId],
  );
  const stop = (): void => {
    turn.current += 1;
    setBusy(false);
  };
  useEffect(
    () => () => {
      turn.current += 1;
    },
    [],
  );
  const wantedClass = wanted === EACH ? null : Number(wanted);
  // Step by step takes seconds: it is started by hand, and a run that trains does not start it anew.
  const version = stepwise ? 0 : weightsVersion;
  useEffect(() => {
    if (!stepwise && version >= 0) void make(seed, wantedClass, 1);
  }, [make, seed, wantedClass, stepwise, version]);

  const again = (): void => {
    const next = Math.floor(Math.random() * 2 ** 31);
    setSeed(next);
    if (stepwise) void make(next, wantedClass, steps);
  };
  const [count = 0, height = 0, width = 0, channels = 1] = made?.images.shape ?? [];
  const size = height * width * channels;
  const classText = t('dock.playground.class');
  const stepsText = t('dock.playground.steps');
  return (
    <div className="flex h-full min-h-0 gap-5 px-4 py-3">
      <div className="flex w-52 flex-none flex-col gap-2">
        <h3 className="text-small font-medium">{t('dock.playground.samples')}</h3>
        <p className="text-caption text-text-3">
          {t(stepwise ? 'dock.playground.diffusionHelp' : 'dock.playground.samplesHelp')}
        </p>
        {labels && (
          <Field label={classText}>
            {({ id }) => (
              <Select
                id={id}
                label={classText}
                value={wanted}
                options={[
                  { value: EACH, label: t('dock.playground.eachClass') },
                  ...labels.map((label, index) => ({ value: String(index), label })),
                ]}
                onChange={setWanted}
              />
            )}
          </Field>
        )}
        {stepwise && (
          <Field label={stepsText} help={t('dock.playground.stepsHelp')}>
            {({ id }) => (
              <NumberField
                id={id}
                label={stepsText}
                value={steps}
                min={1}
                max={1000}
                step={10}
                integer
                increaseLabel={t('inspector.increase', { param: stepsText })}
                decreaseLabel={t('inspector.decrease', { param: stepsText })}
                onChange={(value) => {
                  if (Number.isInteger(value) && value >= 1 && value <= 1000) setSteps(value);
                }}
              />
            )}
          </Field>
        )}
        <div className="mt-1 flex items-center gap-2">
          {stepwise && busy ? (
            <Button tone="solid" onClick={stop}>
              <Square size={12} />
              {t('dock.playground.stop')}
            </Button>
          ) : (
            <Button tone="primary" onClick={again}>
              <Dices size={14} />
              {t('dock.playground.newNoise')}
            </Button>
          )}
          {stepwise && made?.state && busy && (
            <span className="font-mono text-caption text-text-3">
              {made.state.step} / {steps}
            </span>
          )}
        </div>
        {error && (
          <p role="alert" className="rounded-sm bg-danger-soft px-2 py-1 text-caption wrap-anywhere">
            {error.message}
          </p>
        )}
      </div>
      <ul
        aria-label={t('dock.playground.samples')}
        aria-busy={busy}
        data-testid="made"
        className="grid min-h-0 grow grid-cols-[repeat(auto-fill,minmax(56px,1fr))] content-start gap-1.5 overflow-y-auto"
      >
        {made &&
          [...Array(count).keys()].map((index) => {
            const data = made.images.data.slice(index * size, (index + 1) * size);
            const name = made.classes?.[index];
            return (
              <li key={index} className="text-center font-mono text-micro text-text-3">
                <SampleImage
                  value={{ shape: [height, width, channels], data }}
                  label={
                    name === undefined
                      ? t('dock.playground.madeImage', { index: index + 1 })
                      : t('dock.playground.madeOfClass', { index: index + 1, name })
                  }
                  className="aspect-square w-full rounded-sm border border-line"
                />
                {name}
              </li>
            );
          })}
        {!made && !busy && (
          <li className="col-span-full text-small text-text-3">{t('dock.playground.nothingMade')}</li>
        )}
      </ul>
    </div>
  );
}
