import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Sample, TensorValue } from '#shared/protocol/run.ts';
import { formatPercent } from '../../ui/format.ts';
import { SampleImage } from '../../ui/SampleImage.tsx';
import { areCharacters, countRightPlaces } from './places.ts';

interface PlacesDetailProps {
  readonly sample: Sample;
  readonly labels: readonly string[];
}

/** An answer for many places beside the truth: found objects, a map of the picture, or text. */
export function PlacesDetail({ sample, labels }: PlacesDetailProps) {
  const { t } = useTranslation();
  const { target, prediction, boxes, input } = sample;
  const [height = 0, width = 0] = input.shape;
  const isMap = input.shape.length === 3 && target.length === height * width;
  const maps = useMemo(
    () => (isMap ? [target, prediction].map((classes) => classMap(classes, height, width)) : []),
    [isMap, target, prediction, height, width],
  );
  const isText = areCharacters(labels);
  const written = (classes: readonly number[]) => classes.map((label) => labels[label] ?? '').join('');
  const [truth, answer] = maps;
  return (
    <>
      <span className="text-text-2">
        {t('dock.evaluate.placesRight', { right: countRightPlaces(sample), total: target.length })}
      </span>
      {boxes?.found.map((box) => (
        <span key={`${box.label} ${box.x} ${box.y} ${box.score}`}>
          {labels[box.label] ?? box.label} {formatPercent(box.score)}
        </span>
      ))}
      {truth && answer && (
        <span className="flex items-center gap-2">
          <SampleImage
            value={truth}
            label={t('dock.evaluate.target')}
            className="size-16 flex-none rounded-sm"
          />
          <SampleImage
            value={answer}
            label={t('dock.evaluate.predicted')}
            className="size-16 flex-none rounded-sm"
          />
        </span>
      )}
      {isText && (
        <>
          <span className="line-clamp-2 whitespace-pre-wrap break-all">
            {t('dock.evaluate.target')} {written(target)}
          </span>
          <span className="line-clamp-2 whitespace-pre-wrap break-all">
            {t('dock.evaluate.predicted')} {written(prediction)}
          </span>
        </>
      )}
    </>
  );
}

/** The class of each pixel as a colour; class 0 is dark. */
const palette = [
  [0.12, 0.13, 0.15],
  [0.13, 0.7, 0.67],
  [0.95, 0.6, 0.2],
  [0.62, 0.45, 0.95],
  [0.9, 0.35, 0.5],
  [0.4, 0.75, 0.3],
] as const;

function classMap(classes: readonly number[], height: number, width: number): TensorValue {
  const data = Float32Array.from(classes.flatMap((label) => palette[label % palette.length] ?? palette[0]));
  return { shape: [height, width, 3], data };
}
