import { useMemo } from 'react';
import type { Sample, TensorValue } from '#shared/protocol/run.ts';
import { BoxesOver } from '../../ui/BoxesOver.tsx';
import { SampleImage } from '../../ui/SampleImage.tsx';
import { SeriesPicture } from '../../ui/SeriesPicture.tsx';

interface SamplePictureProps {
  readonly sample: Sample;
  readonly labels: readonly string[] | null;
  /** Large enough to write into. */
  readonly large?: boolean;
  readonly className: string;
}

/** What a network was given, drawn by its form: pictures with boxes, a series with its forecast, a spectrogram. */
export function SamplePicture({ sample, labels, large = false, className }: SamplePictureProps) {
  const { input, other, boxes, target, prediction } = sample;
  const [steps = 1, bands = 1] = input.shape;
  const spectrum = useMemo(
    () => (input.shape.length === 2 && bands > 1 ? spectrogram(input, steps, bands) : null),
    [input, steps, bands],
  );
  if (input.shape.length === 3) {
    const picture = <SampleImage value={input} className={`rounded-xs ${className}`} />;
    if (boxes && labels) {
      return (
        <BoxesOver there={boxes.there} found={boxes.found} labels={labels} named={large}>
          {picture}
        </BoxesOver>
      );
    }
    if (!other) return picture;
    return (
      <span className="flex flex-none gap-0.5">
        {picture}
        <SampleImage value={other} className={`min-w-0 rounded-xs ${className}`} />
      </span>
    );
  }
  if (spectrum) return <SampleImage value={spectrum} className={`rounded-xs ${className}`} />;
  const isSeries = input.shape.length === 2 && bands === 1 && !labels && steps > 1;
  if (!isSeries) return null;
  return (
    <SeriesPicture
      past={input.data}
      target={target}
      prediction={prediction}
      className={`rounded-xs ${className}`}
    />
  );
}

/** `[T, bands]` as a picture: time to the right, high bands on top, from the least to the largest number. */
function spectrogram(input: TensorValue, steps: number, bands: number): TensorValue {
  const low = input.data.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = input.data.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const data = new Float32Array(steps * bands);
  for (let step = 0; step < steps; step += 1) {
    for (let band = 0; band < bands; band += 1) {
      const value = input.data[step * bands + band] ?? 0;
      data[(bands - 1 - band) * steps + step] = (value - low) / (high - low || 1);
    }
  }
  return { shape: [bands, steps, 1], data };
}
