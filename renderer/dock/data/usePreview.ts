import { useEffect, useState } from 'react';
import type { HostError, HostOutput } from '#shared/protocol/host.ts';
import type { JsonObject } from '#shared/protocol/json.ts';
import { toHostError } from '../../host/hostFailure.ts';
import { callHost, useHostStore } from '../../stores/hostStore.ts';

export type PreviewSample = HostOutput<'data.preview'>['samples'][number];
const COUNT = 60;

export interface Preview {
  readonly samples: readonly PreviewSample[] | null;
  readonly error: HostError | null;
  readonly retry: () => void;
}

/** The first samples of a data source, read by the engine. */
export function usePreview(loader: string | null, params: JsonObject | null): Preview {
  const connected = useHostStore((host) => host.connected);
  const [attempt, setAttempt] = useState(0);
  const [answer, setAnswer] = useState<Pick<Preview, 'samples' | 'error'>>({ samples: null, error: null });
  // Parameters are compared by what they say: each edit of the graph makes new objects.
  const asked = JSON.stringify(params);
  useEffect(() => {
    if (loader === null || !connected || attempt < 0) return;
    let current = true;
    callHost('data.preview', { loader, params: JSON.parse(asked) as JsonObject, count: COUNT }).then(
      ({ samples }) => current && setAnswer({ samples, error: null }),
      (cause) => current && setAnswer({ samples: null, error: toHostError(cause) }),
    );
    return () => {
      current = false;
    };
  }, [loader, asked, connected, attempt]);
  return { ...answer, retry: () => setAttempt((count) => count + 1) };
}
