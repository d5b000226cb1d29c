import { useTranslation } from 'react-i18next';
import type { ImagesReport as Report } from '#shared/protocol/data.ts';
import { ImagesReport } from '../dock/data/ImagesReport.tsx';
import { SampleGrid } from '../dock/data/SampleGrid.tsx';
import { EvaluateView } from '../dock/evaluate/EvaluateView.tsx';
import { AnswerBars } from '../playground/AnswerBars.tsx';
import { ImageSamples } from '../playground/ImageSamples.tsx';
import { TextPlayground } from '../playground/TextPlayground.tsx';
import * as forms from './evaluateFixtures.ts';
import { Fixture } from './Fixture.tsx';

const nothing = (): void => undefined;

const evaluate = {
  running: false,
  error: null,
  cell: null,
  canEvaluate: true,
  onEvaluate: nothing,
  onTrain: nothing,
  onCell: nothing,
};

const shown = {
  detection: forms.detections,
  'maps of pixels': forms.maps,
  forecasts: forms.forecasts,
  spectrograms: forms.spectrograms,
  pairs: forms.pairs,
  'texts of places': forms.texts,
  'named numbers': forms.numbers,
} as const;

const report: Report = {
  kind: 'images',
  count: 1234,
  classes: [
    { name: 'cat', count: 640 },
    { name: 'dog', count: 512 },
    { name: 'a class with a rather long name', count: 82 },
  ],
  splitFolders: true,
  sizes: [
    { width: 500, height: 375, count: 812 },
    { width: 375, height: 500, count: 301 },
  ],
  broken: [
    { path: 'cat/666.jpg', reason: 'empty' },
    { path: 'dog/11702.jpg', reason: 'cut-off' },
  ],
  brokenCount: 2,
  others: 1,
  links: 0,
  outside: 0,
};

/** Answers of every form, and what makes text and pictures. */
export function AnswerStates() {
  useTranslation();
  return (
    <>
      {Object.entries(shown).map(([name, evaluation]) => (
        <Fixture key={name} name={`Evaluate, ${name}`} height={340}>
          <EvaluateView {...evaluate} evaluation={evaluation} />
        </Fixture>
      ))}
      <Fixture name="Playground, classes with names" height={180}>
        <div className="w-80 p-4">
          <AnswerBars
            answer={{
              values: [0.81, 0.15, 0.04],
              labels: ['cat', 'dog', 'a class with a rather long name'],
              classValues: 'probabilities',
            }}
          />
        </div>
      </Fixture>
      <Fixture name="Playground, made images">
        <ImageSamples runId="fixture" labels={['0', '1', '2']} stepwise={false} weightsVersion={0} />
      </Fixture>
      <Fixture name="Playground, images out of noise">
        <ImageSamples runId="fixture" labels={null} stepwise weightsVersion={0} />
      </Fixture>
      <Fixture name="Playground, text">
        <TextPlayground runId="fixture" vocabulary={['a', 'b', 'c']} />
      </Fixture>
      <Fixture name="Data, a folder of pictures" height={420}>
        <div className="flex flex-col gap-3 p-4">
          <ImagesReport report={report} />
          <SampleGrid
            large
            preview={{
              samples: forms.detections.samples.map(({ index, input }) => ({
                index,
                input,
                label: index % 2 ? 'cat' : 'a class with a rather long name',
              })),
              error: null,
              retry: nothing,
            }}
          />
        </div>
      </Fixture>
    </>
  );
}
