import type { z } from 'zod';
import type { engineMethods } from '#shared/protocol/engine.ts';
import type { DataSource } from '../data/dataSource.ts';
import { shownValue } from './shownValue.ts';

type Preview = z.input<(typeof engineMethods)['data.preview']['output']>;

/** The first training samples as they reach the network, for the data node's inspector. */
export async function previewSamples(source: DataSource, count: number): Promise<Preview> {
  const { outputs, splits } = source.facts;
  const labelPort = Object.keys(outputs).find((port) => outputs[port]?.meaning?.kind === 'class');
  const inputPort = Object.keys(outputs).find((port) => port !== labelPort);
  const meaning = labelPort ? outputs[labelPort]?.meaning : undefined;
  const samples: Preview['samples'] = [];
  for (let index = 0; index < Math.min(count, splits.train); index += 1) {
    const values = await source.gather({ split: 'train', indices: null, start: index, size: 1 });
    const input = inputPort ? values[inputPort] : undefined;
    const label = labelPort ? values[labelPort]?.data[0] : undefined;
    if (!input) continue;
    samples.push({
      index,
      input: shownValue(input, inputPort ? outputs[inputPort] : undefined),
      label:
        label === undefined
          ? null
          : meaning?.kind === 'class'
            ? (meaning.labels[label] ?? null)
            : String(label),
    });
  }
  return { samples };
}
