import { Eraser } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DIGIT_SIZE, type GrayImage, toDigitImage } from '#shared/images/digitImage.ts';
import type { HostError } from '#shared/protocol/host.ts';
import { Button } from '../ui/Button.tsx';
import { SampleImage } from '../ui/SampleImage.tsx';
import { AnswerBars } from './AnswerBars.tsx';
import { type Answer, createPredictor } from './createPredictor.ts';
import { DrawingPad, type DrawingPadHandle } from './DrawingPad.tsx';

const blank = new Float32Array(DIGIT_SIZE * DIGIT_SIZE);

interface PlaygroundProps {
  readonly runId: string;
  readonly port: string;
  /** Grows when the weights have changed, so that the answer to a standing drawing is asked for anew. */
  readonly weightsVersion: number;
}

/** Draw a digit, see what the network makes of it while you draw. */
export function Playground({ runId, port, weightsVersion }: PlaygroundProps) {
  const { t } = useTranslation();
  const padRef = useRef<DrawingPadHandle>(null);
  const [digit, setDigit] = useState<Float32Array<ArrayBuffer> | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [error, setError] = useState<HostError | null>(null);
  const predictor = useMemo(
    () =>
      createPredictor({
        runId,
        port,
        onAnswer: (next) => {
          setAnswer(next);
          setError(null);
        },
        onError: setError,
      }),
    [runId, port],
  );
  useEffect(() => () => predictor.cancel(), [predictor]);
  // weightsVersion: the same drawing, asked again of newer weights.
  useEffect(() => {
    if (digit && weightsVersion >= 0) predictor.ask(digit);
  }, [digit, predictor, weightsVersion]);

  const onDraw = (image: GrayImage | null): void => {
    const next = image && toDigitImage(image);
    setDigit(next);
    if (next) return;
    predictor.cancel();
    setAnswer(null);
    setError(null);
  };

  return (
    <div className="flex h-full min-h-0 gap-7 px-4 py-3">
      <div className="flex min-h-0 flex-none flex-col gap-2">
        <div className="flex items-center">
          <h3 className="grow text-small font-medium">{t('dock.playground.drawHere')}</h3>
          <Button size="sm" onClick={() => padRef.current?.clear()}>
            <Eraser size={12} />
            {t('dock.playground.clear')}
          </Button>
        </div>
        <div className="min-h-0 grow">
          <DrawingPad ref={padRef} onDraw={onDraw} />
        </div>
      </div>
      <div className="flex w-44 flex-none flex-col gap-2">
        <h3 className="text-small font-medium">{t('dock.playground.sees')}</h3>
        <SampleImage
          value={{ shape: [DIGIT_SIZE, DIGIT_SIZE, 1], data: digit ?? blank }}
          label={t('dock.playground.sees')}
          className="size-40 rounded-md border border-line-strong"
        />
        <p className="text-caption text-text-3">{t('dock.playground.seesHelp')}</p>
      </div>
      <div className="min-w-48 max-w-md grow">
        <AnswerBars answer={answer} />
        {error && (
          <p role="alert" className="mt-2 rounded-sm bg-danger-soft px-2 py-1 text-caption">
            {t('dock.playground.failed')} {error.message}
          </p>
        )}
      </div>
    </div>
  );
}
