import { dirname, join } from 'node:path';
import type { z } from 'zod';
import { findNodeDefinition } from '#shared/nodes/registry.ts';
import {
  type AppInfo,
  type HostError,
  type HostEvent,
  type HostMethod,
  type HostMethods,
  hostErrorSchema,
  hostMethods,
} from '#shared/protocol/host.ts';
import { ok, type Result } from '#shared/protocol/problem.ts';
import { engineFailureSchema } from '#shared/protocol/run.ts';
import type { BlockLibrary } from './blockLibrary.ts';
import type { DataSources } from './data/dataSources.ts';
import type { FileAccess } from './fileAccess.ts';
import { createFiles } from './files.ts';
import { fileFailure, hostFailure } from './hostFailure.ts';
import type { JsonStore } from './jsonStore.ts';
import type { RecentFiles } from './recent.ts';
import type { RecoveryCopies } from './recovery.ts';
import type { Runtimes, TaskResult } from './runtimes/runtimes.ts';
import type { Settings } from './settings.ts';
import type { Training, TrainingMethod } from './training.ts';

/** Dialogs of the desktop; a cancelled one answers null. */
export interface HostDialogs {
  open(purpose: 'graph' | 'pack' | 'data' | 'data-folder'): Promise<string | null>;
  save(suggestedName: string): Promise<string | null>;
  export(suggestedName: string): Promise<string | null>;
}

export interface HostServicesOptions {
  readonly info: Omit<AppInfo, 'engine'>;
  readonly access: FileAccess;
  readonly recent: RecentFiles;
  readonly blocks: BlockLibrary;
  readonly recovery: RecoveryCopies;
  readonly settings: JsonStore<Settings>;
  readonly sources: DataSources;
  readonly training: Training;
  readonly runtimes: Runtimes;
  /** Null where the window shows its own file browser. */
  readonly dialogs: HostDialogs | null;
  /** Opens a link outside the app; only ever called with an https address of the allow-list. */
  openExternal?(url: string): Promise<void>;
}

/** One window's way to the services. `close` when the window is gone: its unsaved copies become restorable. */
export interface HostClient {
  /** Never rejects. */
  call(method: string, input: unknown): Promise<Result<unknown, HostError>>;
  close(): void;
}

/** Everything a window may ask, whatever carries the question. */
export interface HostServices {
  connect(): HostClient;
  subscribe(listener: (event: HostEvent) => void): () => void;
  dispose(): Promise<void>;
}

type Input<M extends HostMethod> = z.output<HostMethods[M]['input']>;
type Output<M extends HostMethod> = z.input<HostMethods[M]['output']>;
type Handler<M extends HostMethod> = (
  input: Input<M>,
  client: ClientState,
) => Promise<Result<Output<M>, HostError>>;
type Handlers = { readonly [M in HostMethod]: Handler<M> };

interface ClientState {
  /** Ids of the recovery copies that this window is still editing. */
  readonly editing: Set<string>;
  /** Looks at data that go on, by the key that the window gave them. */
  readonly looks: Map<string, AbortController>;
  /** Tells the window how far a look has come, some times a second. */
  progressOf(key: string): (done: number, total: number) => void;
}

const done = ok({});

export function createHostServices(options: HostServicesOptions): HostServices {
  const clients = new Set<ClientState>();
  const handlers = createHandlers(options, clients);
  const listeners = new Set<(event: HostEvent) => void>();
  const emit = (event: HostEvent): void => {
    for (const listener of listeners) listener(event);
  };
  return {
    connect() {
      const client: ClientState = {
        editing: new Set(),
        looks: new Map(),
        progressOf: (key) => throttled((done, total) => emit({ type: 'data', key, done, total })),
      };
      clients.add(client);
      return {
        call: (method, input) => callMethod(handlers, client, method, input),
        close: () => {
          for (const look of client.looks.values()) look.abort();
          clients.delete(client);
        },
      };
    },
    subscribe(listener) {
      const { training, runtimes } = options;
      listeners.add(listener);
      const stops = [
        () => listeners.delete(listener),
        training.subscribe(listener),
        runtimes.onChange(() => {
          const { task, outcome } = runtimes;
          listener({ type: 'runtimes', task, outcome });
        }),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
    async dispose() {
      options.runtimes.cancel();
      await options.training.dispose();
    },
  };
}

const PROGRESS_MS = 100;

function throttled(tell: (done: number, total: number) => void): (done: number, total: number) => void {
  let last = performance.now();
  return (done, total) => {
    if (performance.now() - last < PROGRESS_MS) return;
    last = performance.now();
    tell(done, total);
  };
}

async function callMethod(
  handlers: Handlers,
  client: ClientState,
  method: string,
  input: unknown,
): Promise<Result<unknown, HostError>> {
  if (!isHostMethod(method)) return hostFailure('unknown-method', { method: method.slice(0, 100) });
  const spec = hostMethods[method];
  try {
    const parsedInput = spec.input.safeParse(input);
    if (!parsedInput.success) {
      return hostFailure('invalid-input', { method, detail: describeIssue(parsedInput.error) });
    }
    // The table is keyed by method, so handler and input belong together; TypeScript cannot follow a union key.
    const handler = handlers[method] as Handler<HostMethod>;
    const answer = await handler(parsedInput.data as Input<HostMethod>, client);
    if (!answer.ok) return answer;
    const output = spec.output.safeParse(answer.value);
    if (output.success) return ok(output.data);
    return hostFailure('invalid-output', { method, detail: describeIssue(output.error) });
  } catch (error) {
    return thrownFailure(method, error);
  }
}

const isHostMethod = (method: string): method is HostMethod => Object.hasOwn(hostMethods, method);

function describeIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return error.message;
  return issue.path.length === 0 ? issue.message : `${issue.path.join('.')}: ${issue.message}`;
}

/** Training rejects with failures as plain values; anything else is a broken invariant, reported as such. */
function thrownFailure(method: string, error: unknown): Result<never, HostError> {
  const engineFailure = engineFailureSchema.safeParse(error);
  if (engineFailure.success) {
    const { reason, message, ...data } = engineFailure.data;
    return { ok: false, error: { code: reason, message, data } };
  }
  const hostError = hostErrorSchema.safeParse(error);
  if (hostError.success && !(error instanceof Error)) return { ok: false, error: hostError.data };
  return hostFailure('internal', {
    method,
    detail: error instanceof Error ? error.message : String(error),
  });
}

/** Larger graphs have no picture in the list of recent files, in bytes. */
const GLANCE_LIMIT = 2_000_000;

function createHandlers(options: HostServicesOptions, clients: ReadonlySet<ClientState>): Handlers {
  const { access, recent, blocks, recovery, settings, sources, training, runtimes, dialogs } = options;
  const files = createFiles(access);
  const train =
    <M extends TrainingMethod>(method: M) =>
    async (input: Input<M>): Promise<Result<Output<M>, HostError>> =>
      ok(await training.call(method, input));

  return {
    'app.info': async () => ok({ ...options.info, engine: training.engineStatus() }),
    'app.openExternal': async ({ url }) => {
      if (!isAllowedLink(url) || options.openExternal === undefined)
        return hostFailure('url-refused', { url });
      await options.openExternal(new URL(url).href);
      return done;
    },

    'files.list': ({ path }) => files.list(path),
    'files.makeFolder': async ({ path }) => {
      const made = await files.makeFolder(path);
      return made.ok ? done : made;
    },
    'files.read': ({ path }) => files.read(path),
    'files.save': async (request) => {
      const saved = await files.save(request);
      if (saved.ok) await remember(recent, saved.value.path, request.runId);
      return saved;
    },
    'files.recent': async () => {
      const listed = await recent.list();
      // The desktop and a browser window share the list, but not which files they may use.
      const usable = await Promise.all(listed.map(async ({ path }) => (await access.resolve(path)).ok));
      return ok({ files: listed.filter((_file, index) => usable[index]) });
    },
    'files.glance': async ({ path }) => {
      const known = (await recent.list()).some((file) => file.path === path);
      const read = known ? await files.read(path, GLANCE_LIMIT) : null;
      return ok({ text: read?.ok ? read.value.text : null });
    },
    'files.rememberRecent': async ({ path }) => {
      const resolved = await access.resolve(path);
      if (!resolved.ok) return resolved;
      await remember(recent, resolved.value);
      return done;
    },
    'files.forgetRecent': async ({ path }) => {
      await recent.forget(path);
      return done;
    },

    'dialog.open': async ({ purpose = 'graph' }) =>
      dialogs === null ? hostFailure('no-dialogs') : ok({ path: await dialogs.open(purpose) }),
    'dialog.save': async ({ suggestedName }) =>
      dialogs === null ? hostFailure('no-dialogs') : ok({ path: await dialogs.save(suggestedName) }),
    'dialog.export': async ({ suggestedName }) =>
      dialogs === null ? hostFailure('no-dialogs') : ok({ path: await dialogs.export(suggestedName) }),

    'recovery.list': async (_input, client) => {
      const copies = await recovery.list();
      if (!copies.ok) return copies;
      // Another window's present work is not lost, so it is not offered for restoring.
      const elsewhere = new Set([...clients].filter((c) => c !== client).flatMap((c) => [...c.editing]));
      return ok({ copies: copies.value.filter((copy) => !elsewhere.has(copy.id)) });
    },
    'recovery.save': async (copy, client) => {
      client.editing.add(copy.id);
      const saved = await recovery.save(copy);
      return saved.ok ? done : saved;
    },
    'recovery.discard': async ({ id }, client) => {
      client.editing.delete(id);
      const discarded = await recovery.discard(id);
      return discarded.ok ? done : discarded;
    },

    'blockLibrary.list': async () => {
      const listed = await blocks.list();
      return listed.ok ? ok({ blocks: [...listed.value] }) : listed;
    },
    'blockLibrary.save': ({ definitions }) => blocks.save(definitions),
    'blockLibrary.remove': async ({ id }) => {
      const removed = await blocks.remove(id);
      return removed.ok ? done : removed;
    },

    'runtimes.status': async () => ok(await runtimes.status()),
    'runtimes.install': ({ id }) => begin(runtimes, () => runtimes.install(id)),
    'runtimes.import': async ({ path }) => {
      const file = await access.resolve(path);
      return file.ok ? begin(runtimes, () => runtimes.importFile(file.value)) : file;
    },
    'runtimes.verify': ({ id }) => begin(runtimes, () => runtimes.verify(id)),
    'runtimes.cancel': async () => {
      runtimes.cancel();
      return done;
    },
    'runtimes.remove': async ({ id }) => {
      const { packs } = await runtimes.status();
      const inUse = packs.some((pack) => pack.id === id && pack.removable && !pack.shadowed);
      if (inUse && training.engineStatus().runtime?.id === id) return hostFailure('pack-in-use', { id });
      return runtimes.remove(id);
    },
    'runtimes.clean': () => runtimes.clean(),

    'engine.restart': async ({ runtime }) => {
      await training.restartEngine(runtime);
      if (runtime === undefined) return done;
      try {
        await settings.update((present) => ({ ...present, runtime }));
        return done;
      } catch (error) {
        // The engine runs; that the choice is forgotten at the next start is worth telling.
        return fileFailure(error, join(options.info.dataDir, 'settings.json'));
      }
    },

    'run.start': async (input) => {
      const started = await train('run.start')(input);
      if (started.ok && input.graphPath)
        await recent.noteRun(input.graphPath, started.value.runId).catch(() => undefined);
      return started;
    },
    'run.pause': train('run.pause'),
    'run.resume': train('run.resume'),
    'run.step': train('run.step'),
    'run.stop': train('run.stop'),
    'run.setLearningRate': train('run.setLearningRate'),
    'run.list': train('run.list'),
    'run.get': train('run.get'),
    'run.delete': train('run.delete'),
    'run.evaluate': train('run.evaluate'),
    'run.samples': train('run.samples'),
    'run.predict': train('run.predict'),
    'run.sampleText': train('run.sampleText'),
    'run.sampleImages': train('run.sampleImages'),
    'run.export': async (request) => {
      const target = await access.resolve(request.path);
      return target.ok ? train('run.export')({ ...request, path: target.value }) : target;
    },
    'data.preview': train('data.preview'),
    'data.look': async ({ key, kind, params, graphPath }, client) => {
      const definition = findNodeDefinition(kind);
      if (definition?.role !== 'dataset') return ok(null);
      client.looks.get(key)?.abort();
      const control = new AbortController();
      client.looks.set(key, control);
      try {
        const folder = graphPath === null ? null : dirname(graphPath);
        const looked = await sources.look(
          { definition, params, folder },
          { signal: control.signal, onProgress: client.progressOf(key) },
        );
        return ok(looked ?? null);
      } catch {
        return hostFailure('cancelled');
      } finally {
        if (client.looks.get(key) === control) client.looks.delete(key);
      }
    },
    'data.stopLooking': async ({ key }, client) => {
      client.looks.get(key)?.abort();
      return done;
    },
    'data.allow': async ({ path }) => {
      const picked = await access.resolve(path);
      if (!picked.ok) return picked;
      try {
        await sources.consent.allow(picked.value);
        return done;
      } catch (error) {
        return fileFailure(error, path);
      }
    },
  };
}

/** Starts a task that tells by events how it goes; only that it cannot begin is an answer. */
async function begin(
  runtimes: Runtimes,
  task: () => TaskResult<unknown>,
): Promise<Result<Record<string, never>, HostError>> {
  if (runtimes.task !== null) return hostFailure('runtime-task-running');
  void task();
  return done;
}

/** The list of recent files is a convenience: where it cannot be written, the file itself is still opened or saved. */
async function remember(recent: RecentFiles, path: string, runId?: string): Promise<void> {
  await recent.add(path, runId).catch(() => undefined);
}

/** Sites that the app links to. */
const LINK_HOSTS = new Set(['github.com', 'www.tensorflow.org', 'arxiv.org']);

/** Parsed, never matched as text: https, no user name, default port, host of the allow-list. */
export function isAllowedLink(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, username, password, port, hostname } = new URL(url);
  return (
    protocol === 'https:' && username === '' && password === '' && port === '' && LINK_HOSTS.has(hostname)
  );
}
