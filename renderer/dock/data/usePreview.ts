import { useEffect, useState } from 'react';
import type { HostError, HostOutput } from '#shared/protocol/host.ts';
import type { JsonObject } from '#shared/protocol/json.ts';
import { toHostError } from '../../host/hostFailure.ts';
import { useDocumentStore } from '../../stores/documentStore.ts';
import { callHost, useHostStore } from '../../stores/hostStore.ts';

export type PreviewSample = HostOutput<'data.preview'>['samples'][number];
const COUNT = 60;
/** Of people's own pictures, which have to be found and decoded one by one. */
const COUNT_OF_OWN = 30;

export interface Preview {
  readonly samples: readonly PreviewSample[] | null;
  readonly error: HostError | null;
  readonly retry: () => void;
}

export interface PreviewRequest {
  readonly loader: string;
  readonly params: JsonObject;
  /** Of people's own data: what was found, as text; another finding is shown anew. */
  readonly own?: string;
}

/** The first samples of a data source, read by the engine; none are asked for without a request. */
export function usePreview(request: PreviewRequest | null): Preview {
  const connected = useHostStore((host) => host.connected);
  const graphPath = useDocumentStore((store) => store.file?.path ?? null);
  const [attempt, setAttempt] = useState(0);
  const [answer, setAnswer] = useState<Pick<Preview, 'samples' | 'error'>>({ samples: null, error: null });
  // Parameters are compared by what they say: each edit of the graph makes new objects.
  const asked = request && JSON.stringify(request);
  useEffect(() => {
    if (asked === null || !connected || attempt < 0) return;
    let current = true;
    const { own, ...source } = JSON.parse(asked) as PreviewRequest;
    const count = own === undefined ? COUNT : COUNT_OF_OWN;
    callHost('data.preview', { ...source, count, graphPath }).then(
      ({ samples }) => current && setAnswer({ samples, error: null }),
      (cause) => current && setAnswer({ samples: null, error: toHostError(cause) }),
    );
    return () => {
      current = false;
    };
  }, [asked, graphPath, connected, attempt]);
  return { ...answer, retry: () => setAttempt((count) => count + 1) };
}
