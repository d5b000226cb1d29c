import type { HostConnection, HostError, HostInput, HostMethod, HostOutput } from '#shared/protocol/host.ts';
import { engine, run } from './fixtureData.ts';

const MOMENT = '2026-11-23T19:44:00.000Z';

type Answers = { readonly [M in HostMethod]?: (input: HostInput<M>) => HostOutput<M> };

/** What the parts of the gallery ask for while they are looked at. */
const answers: Answers = {
  'app.info': () => ({
    version: '0.0.0',
    mode: 'browser',
    platform: 'linux',
    nativeDialogs: false,
    filesRoot: '/home/ada',
    dataDir: '/home/ada/.local/share/neuroloom',
    engine: engine('ready'),
  }),
  'files.list': () => ({
    path: '/home/ada/graphs',
    parent: '/home/ada',
    entries: [
      { name: 'older', path: '/home/ada/graphs/older', kind: 'folder', size: 0, modifiedAt: MOMENT },
      {
        name: 'digits.neuroloom.json',
        path: '/home/ada/graphs/digits.neuroloom.json',
        kind: 'file',
        size: 5120,
        modifiedAt: MOMENT,
      },
    ],
  }),
  'run.list': () => ({ runs: [run('fixture', 'stopped')] }),
  'run.sampleImages': ({ count, steps }) => ({
    images: {
      shape: [count, 8, 8, 1],
      data: Float32Array.from({ length: 64 * count }, (_, at) => ((at * 7) % 64) / 64),
    },
    classes: steps > 1 ? null : Array.from({ length: count }, (_, index) => String(index % 10)),
    state: null,
  }),
  'run.sampleText': ({ count }) => ({ text: 'the sea and '.slice(0, count) }),
  'run.predict': () => ({
    outputs: {
      loss: {
        shape: [1, 10],
        data: Float32Array.of(0.01, 0.02, 0.05, 0.02, 0.02, 0.02, 0.02, 0.78, 0.03, 0.03),
      },
    },
    labels: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    classValues: 'probabilities',
  }),
};

/** A host of fixtures: the gallery shows looks, nothing is computed behind them. */
export const fixtureHost: HostConnection = {
  async call<M extends HostMethod>(method: M, input: HostInput<M>): Promise<HostOutput<M>> {
    const answer = answers[method];
    if (answer) return answer(input);
    const refusal: HostError = { code: 'not-found', message: 'The gallery has no host that could do this.' };
    throw refusal;
  },
  subscribe: () => () => {},
  onConnection(listener) {
    listener(true);
    return () => {};
  },
};
