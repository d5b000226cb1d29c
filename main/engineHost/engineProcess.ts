import { type ChildProcess, fork } from 'node:child_process';
import { totalmem } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { packEnvironment } from '#main/services/runtimes/packEnvironment.ts';
import { packName } from '#main/services/runtimes/packNames.ts';
import { engineMessageSchema } from '#shared/protocol/engine.ts';
import type { RuntimeId } from '#shared/protocol/run.ts';
import { setProcessPriority, sharesBySession } from './enginePriority.ts';
import type { EngineExit } from './exitReason.ts';
import { isLibraryNotice, isMemoryNotice } from './libraryNotice.ts';

export type EngineMessage = z.infer<typeof engineMessageSchema>;

export interface EngineProcessOptions {
  readonly enginePath: string;
  /** Plain Node that runs the engine; under Electron the bundled one, else the present process's. */
  readonly nodePath?: string;
  readonly packDirs: readonly string[];
  /** Folder with data sets of a packaged app. */
  readonly dataPath?: string;
  /** Folder for what the engine learnt and may forget. */
  readonly cacheDir?: string;
  /** Scheduling priority (`os.constants.priority`), so that a window stays smooth; 0 leaves it as it is. */
  readonly priority?: number;
  readonly limits?: Partial<EngineLimits>;
}

export interface EngineLimits {
  /** From start to `ready`, ms. */
  readonly startMs: number;
  /** Without a heartbeat, ms: the whole process stands still. Long, for on a busy machine it is the last to be served. */
  readonly silenceMs: number;
  /** Heartbeats go on but the main thread takes no turn, ms: longer than any compilation. */
  readonly stallMs: number;
  /** From asking it to end to killing it, ms; covers a last checkpoint. */
  readonly endMs: number;
}
const defaultLimits: EngineLimits = { startMs: 120_000, silenceMs: 60_000, stallMs: 180_000, endMs: 12_000 };
const WATCH_INTERVAL = 1000;
const STDERR_KEPT = 8192;
/** How long the end of an ended engine's output is waited for. */
const LAST_WORDS_MS = 500;
const HEARTBEAT_FD = 4;

const heartbeatSchema = z.object({ memoryBytes: z.number(), idleMs: z.number() });

export interface EngineProcessListener {
  message(message: EngineMessage): void;
  memory(bytes: number): void;
  log(line: string): void;
  /** A notice of the tensor library about itself. */
  debug(line: string): void;
  /** Once, after everything else. `asked` is true where `end` was called. */
  exit(exit: EngineExit, asked: boolean): void;
}

/** One engine process from its start to its end, watched by its heartbeat. */
export class EngineProcess {
  private readonly child: ChildProcess;
  private readonly limits: EngineLimits;
  private readonly watch: NodeJS.Timeout;
  private readonly exited: Promise<void>;
  private stderr = '';
  private memoryBytes: number | null = null;
  private ready = false;
  private asked = false;
  private killedAsHung = false;
  private readonly startedAt = Date.now();
  private beatAt = Date.now();
  private watchedAt = Date.now();

  constructor(options: EngineProcessOptions, runtime: RuntimeId | null, listener: EngineProcessListener) {
    const { priority = 0 } = options;
    this.limits = { ...defaultLimits, ...options.limits };
    this.child = fork(options.enginePath, [], {
      ...(options.nodePath !== undefined && { execPath: options.nodePath }),
      execArgv: [],
      serialization: 'advanced',
      // It ends by itself where this process is gone, and Ctrl+C means nothing to it in any case.
      detached: priority !== 0 && sharesBySession,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe'],
      env: {
        // What fails in TensorFlow comes back as an error of the call; of its own log, warnings are kept,
        // for that memory ran out is said nowhere else where a kernel crashes over it.
        TF_CPP_MIN_LOG_LEVEL: '1',
        ...process.env,
        ...packEnvironment(options.packDirs.map((dir) => join(dir, packName('tensorflow-cuda')))),
        NEUROLOOM_PACK_DIRS: options.packDirs.join(delimiter),
        NEUROLOOM_RUNTIME: runtime ?? '',
        NEUROLOOM_HEARTBEAT_FD: String(HEARTBEAT_FD),
        ...(options.dataPath !== undefined && { NEUROLOOM_DATA_PATH: options.dataPath }),
        ...(options.cacheDir !== undefined && { NEUROLOOM_CACHE_DIR: options.cacheDir }),
      },
    });
    if (priority !== 0 && this.child.pid !== undefined) setProcessPriority(this.child.pid, priority);
    this.readOutput(listener);
    this.child.on('message', (message) => {
      const parsed = engineMessageSchema.parse(message);
      if (parsed.type === 'ready') this.ready = true;
      listener.message(parsed);
    });
    this.watch = setInterval(() => this.look(), WATCH_INTERVAL);
    this.watch.unref();
    this.exited = new Promise((resolve) => {
      const ended = (code: number | null, signal: NodeJS.Signals | null) => {
        clearInterval(this.watch);
        resolve();
        const { stderr, killedAsHung, memoryBytes } = this;
        listener.exit(
          { code, signal, stderr, killedAsHung, memoryBytes, totalMemoryBytes: totalmem() },
          this.asked,
        );
      };
      // Not 'close', which an open pipe keeps from coming: only the last words are waited for, a moment.
      this.child.once('exit', (code, signal) => {
        const { stderr } = this.child;
        const conclude = () => {
          clearTimeout(deadline);
          this.child.stdio[HEARTBEAT_FD]?.destroy();
          ended(code, signal);
        };
        const deadline = setTimeout(() => {
          stderr?.off('end', conclude);
          conclude();
        }, LAST_WORDS_MS);
        if (stderr && !stderr.readableEnded) stderr.once('end', conclude);
        else conclude();
      });
      // The program could not be started at all: there is no 'exit' then.
      this.child.once('error', (error) => {
        this.stderr += error.message;
        if (this.child.pid === undefined) ended(null, null);
      });
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  send(message: { id: number; method: string; input: unknown }): void {
    // An engine that ended meanwhile is reported by its exit, which rejects what is pending.
    if (this.child.connected) this.child.send(message, () => undefined);
  }

  /** Asks the engine to save and end, and kills it where it does not. */
  async end(): Promise<void> {
    this.asked = true;
    if (this.child.connected) this.child.disconnect();
    const kill = setTimeout(() => this.child.kill('SIGKILL'), this.limits.endMs);
    await this.exited;
    clearTimeout(kill);
  }

  private readOutput(listener: EngineProcessListener): void {
    const { stdout, stderr } = this.child;
    const beats = this.child.stdio[HEARTBEAT_FD] as Readable | null;
    if (stdout) createInterface({ input: stdout }).on('line', (line) => listener.log(line));
    if (stderr) {
      createInterface({ input: stderr }).on('line', (line) => {
        const notice = isLibraryNotice(line);
        if (!notice || isMemoryNotice(line)) this.stderr = `${this.stderr}${line}\n`.slice(-STDERR_KEPT);
        if (notice) listener.debug(line);
        else listener.log(line);
      });
    }
    if (beats) {
      beats.on('error', () => undefined);
      createInterface({ input: beats }).on('line', (line) => {
        const beat = heartbeatSchema.parse(JSON.parse(line));
        this.memoryBytes = beat.memoryBytes;
        listener.memory(beat.memoryBytes);
        if (beat.idleMs < this.limits.stallMs) this.beatAt = Date.now();
      });
    }
  }

  private look(): void {
    const now = Date.now();
    // A machine that slept has stopped this process as well: nobody was silent.
    if (now - this.watchedAt > 3 * WATCH_INTERVAL) this.beatAt = now;
    this.watchedAt = now;
    const late = !this.ready && now - this.startedAt > this.limits.startMs;
    if (late || now - this.beatAt > this.limits.silenceMs) {
      this.killedAsHung = true;
      this.child.kill('SIGKILL');
    }
  }
}
