import { stat } from 'node:fs/promises';
import { type PickedSource, pickedSources } from '#shared/compile/pickedSources.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import type { DatasetNode } from '#shared/nodes/defineNode.ts';
import type { LookedSource, LookedSources, SourceProblem } from '#shared/protocol/data.ts';
import { hostFailure } from '../hostFailure.ts';
import type { DataConsent } from './dataConsent.ts';
import { lookAtTable } from './lookAtTable.ts';
import type { LookOptions } from './lookOptions.ts';
import { lookAtPictures, type PictureHeaders } from './pictures/lookAtPictures.ts';
import { SourceError } from './sourceError.ts';

/** Looks at people's own data: what it finds are the facts that shapes are inferred from. */
export interface DataSources {
  readonly consent: DataConsent;
  /**
   * What is at a data node's path; what is wrong with it is among the facts. Undefined where the node's
   * parameters say no path. Rejects only where it was aborted.
   */
  look(request: LookRequest, options?: LookOptions): Promise<LookedSource | undefined>;
  /** All of a document's own data, by instance path. */
  lookAll(document: GraphDocument, folder: string | null): Promise<LookedSources>;
  /** Throws a HostError where one of the files of a run was not picked by anybody. */
  requireAllowed(looked: LookedSources): Promise<void>;
}

export interface LookRequest {
  readonly definition: DatasetNode;
  readonly params: PickedSource['params'];
  /** Of the graph's file; null where it has none. */
  readonly folder: string | null;
}

type Look = (
  path: string,
  params: Readonly<Record<string, unknown>>,
  options?: LookOptions,
) => Promise<LookedSource>;

/** What was looked at is remembered until its file or parameters change. */
const MOST_REMEMBERED = 24;

/** `cacheDir`: where engines keep what they found out about pictures. */
export function createDataSources(consent: DataConsent, cacheDir?: string): DataSources {
  const remembered = new Map<string, LookedSource>();
  const headers: PictureHeaders = new Map();
  const looks: Readonly<Record<string, Look>> = {
    csv: lookAtTable,
    'image-folder': (path, params, options) =>
      lookAtPictures(path, params, { ...options, headers, cacheDir }),
  };

  async function lookAt(
    { definition, params, folder }: LookRequest,
    options: LookOptions | undefined,
  ): Promise<LookedSource | undefined> {
    const parsed = definition.params.safeParse(params);
    const path = parsed.success ? parsed.data.path : undefined;
    const look = looks[definition.loader];
    if (!parsed.success || typeof path !== 'string' || path === '' || !look) return undefined;
    const real = await consent.resolve(path, folder);
    const found = await stat(real);
    if (found.isDirectory() !== (definition.picks?.kind === 'folder')) {
      throw new SourceError('data-wrong-kind', { path, wanted: definition.picks?.kind ?? 'file' });
    }
    const { shuffle: _, ...deciding } = parsed.data;
    const key = JSON.stringify([definition.loader, real, found.size, found.mtimeMs, deciding]);
    // A folder's own time says nothing of the files in it.
    const known = found.isFile() ? remembered.get(key) : undefined;
    const looked = known ?? (await look(real, parsed.data, options));
    remembered.delete(key);
    remembered.set(key, looked);
    for (const oldest of remembered.keys()) {
      if (remembered.size <= MOST_REMEMBERED) break;
      remembered.delete(oldest);
    }
    return looked;
  }

  const sources: DataSources = {
    consent,
    async look(request, options) {
      try {
        return await lookAt(request, options);
      } catch (error) {
        if (options?.signal?.aborted) throw error;
        return unusable(error, String(request.params.path ?? ''));
      }
    },
    async lookAll(document, folder) {
      const looked: Record<string, LookedSource> = {};
      for (const { path, definition, params } of pickedSources(document)) {
        const found = await sources.look({ definition, params, folder });
        if (found) looked[path] = found;
      }
      return looked;
    },
    async requireAllowed(looked) {
      for (const { file } of Object.values(looked)) {
        if (file && !(await consent.isAllowed(file.path))) {
          throw hostFailure('data-not-allowed', { path: file.path }).error;
        }
      }
    },
  };
  return sources;
}

/** A source of which nothing is known but what is wrong with it. */
function unusable(error: unknown, path: string): LookedSource {
  const problem: SourceProblem =
    error instanceof SourceError
      ? error.problem
      : {
          code: 'data-unreadable',
          param: 'path',
          data: { path, detail: error instanceof Error ? error.message : String(error) },
        };
  return {
    facts: { outputs: {}, splits: { train: 0, validation: 0, test: 0 }, problems: [problem] },
    file: null,
    reading: null,
    report: null,
  };
}
