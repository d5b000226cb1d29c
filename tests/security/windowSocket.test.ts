import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decode, ExtensionCodec, encode } from '@msgpack/msgpack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createAbsentTraining, engineMissing } from '#main/services/absentTraining.ts';
import type { Training } from '#main/services/training.ts';
import { type HostEvent, type WireMessage, wireMessageSchema } from '#shared/protocol/host.ts';
import { FLOAT32_EXTENSION, float32Extension, WIRE_MAX_MESSAGE_BYTES } from '#shared/protocol/wire.ts';
import { openSession, type ServerFixture, startFixture } from './serverFixture.ts';

const extensionCodec = new ExtensionCodec();
extensionCodec.register({ type: FLOAT32_EXTENSION, ...float32Extension });

/** A window's end of the socket, as small as it can be. */
class TestWindow {
  readonly events: HostEvent[] = [];
  readonly closed: Promise<number>;
  readonly socket: WebSocket;
  readonly #answers = new Map<number, (message: WireMessage) => void>();
  #nextId = 1;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    this.closed = new Promise((resolve) => socket.on('close', (code) => resolve(code)));
    socket.on('message', (data: Buffer) => {
      const message = wireMessageSchema.parse(decode(data, { extensionCodec }));
      if (message.type === 'event') this.events.push(message.event);
      else this.#answers.get(message.id)?.(message);
    });
  }

  static async open(fixture: ServerFixture): Promise<TestWindow> {
    const cookie = await openSession(fixture);
    const socket = new WebSocket(`ws://${fixture.authority}/ws`, {
      headers: { Cookie: cookie, Origin: `http://${fixture.authority}` },
    });
    const window = new TestWindow(socket);
    await new Promise((resolve, reject) => {
      socket.on('open', resolve);
      socket.on('error', reject);
    });
    return window;
  }

  call(method: string, input: unknown = {}): Promise<WireMessage> {
    const id = this.#nextId++;
    const answer = this.answer(id);
    this.socket.send(encode({ id, method, input }, { extensionCodec, ignoreUndefined: true }));
    return answer;
  }

  answer(id: number): Promise<WireMessage> {
    return new Promise((resolve) => this.#answers.set(id, resolve));
  }

  async output(method: string, input: unknown = {}): Promise<Record<string, unknown>> {
    const answer = await this.call(method, input);
    if (answer.type !== 'result') throw new Error(JSON.stringify(answer));
    return answer.output as Record<string, unknown>;
  }

  async errorCode(method: string, input: unknown = {}): Promise<string> {
    const answer = await this.call(method, input);
    return answer.type === 'error' ? answer.error.code : 'no error';
  }
}

let fixture: ServerFixture;
let emit: (event: HostEvent) => void = () => undefined;
beforeAll(async () => {
  const absent = createAbsentTraining(engineMissing('/nowhere'));
  const listeners = new Set<(event: HostEvent) => void>();
  emit = (event) => {
    for (const listener of listeners) listener(event);
  };
  const training: Training = {
    ...absent,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  fixture = await startFixture(training);
});
afterAll(() => fixture.end());

const emptyDocument = { format: 'neuroloom', version: 1, name: 'a', edges: [], training: {} };
const document = { ...emptyDocument, nodes: [] };
const progress = (step: number): HostEvent => ({
  type: 'run',
  event: {
    type: 'progress',
    runId: 'r',
    progress: {
      epoch: 0,
      epochs: 1,
      step,
      stepsPerEpoch: 1_000_000,
      totalSteps: 1_000_000,
      msPerStep: 1,
      etaSeconds: null,
      learningRates: {},
    },
    points: [{ split: 'train', step, epoch: 0, time: 0, whole: false, metrics: { loss: step } }],
  },
});

describe('a window', () => {
  it('asks who its host is', async () => {
    const window = await TestWindow.open(fixture);
    const info = await window.output('app.info');
    expect(info).toMatchObject({ mode: 'browser', nativeDialogs: false, filesRoot: fixture.filesRoot });
    expect(info.engine).toMatchObject({ state: 'failed', lastExit: { reason: 'engine-missing' } });
    window.socket.close();
  });

  it('saves, lists, reads and finds a file among the recent ones', async () => {
    const window = await TestWindow.open(fixture);
    const saved = await window.output('files.save', { path: 'net', text: '{"a":1}\n', overwrite: false });
    const path = join(fixture.filesRoot, 'net.neuroloom.json');
    expect(saved.path).toBe(path);
    expect(await readFile(path, 'utf8')).toBe('{"a":1}\n');
    expect(await window.output('files.read', { path })).toMatchObject({ text: '{"a":1}\n' });
    expect(await window.errorCode('files.save', { path, text: '', overwrite: false })).toBe('exists');
    const listing = await window.output('files.list');
    expect(listing).toMatchObject({ parent: null, entries: [{ name: 'net.neuroloom.json', kind: 'file' }] });
    expect(await window.output('files.recent')).toMatchObject({
      files: [{ path, name: 'net', exists: true }],
    });
    window.socket.close();
  });

  it('counts a file among the recent ones when it is open, not when it was read', async () => {
    const window = await TestWindow.open(fixture);
    const path = join(fixture.filesRoot, 'notes.json');
    await writeFile(path, 'no graph');
    const recent = async () => {
      const { files } = (await window.output('files.recent')) as { files: { path: string }[] };
      return files.map((file) => file.path);
    };
    await window.output('files.read', { path });
    expect(await recent()).not.toContain(path);
    await window.output('files.rememberRecent', { path });
    expect(await recent()).toContain(path);
    window.socket.close();
  });

  it('never leaves the files root', async () => {
    await writeFile(join(fixture.folder, 'outside.json'), 'outside');
    await symlink(join(fixture.folder, 'outside.json'), join(fixture.filesRoot, 'link.json'));
    await symlink(fixture.folder, join(fixture.filesRoot, 'up'));
    const window = await TestWindow.open(fixture);
    for (const path of [
      '../outside.json',
      '/etc/passwd',
      join(fixture.folder, 'outside.json'),
      `${fixture.filesRoot}-sibling/a.json`,
      'link.json',
      'up/outside.json',
      'up/data/settings.json',
    ]) {
      expect([path, await window.errorCode('files.read', { path })]).toEqual([path, 'outside-root']);
      expect(await window.errorCode('files.rememberRecent', { path })).toBe('outside-root');
      const save = { path, text: 'x', overwrite: true };
      expect([path, await window.errorCode('files.save', save)]).toEqual([path, 'outside-root']);
      expect(await window.errorCode('files.list', { path })).toBe('outside-root');
      expect(await window.errorCode('run.export', { runId: 'r', format: 'savedmodel', path })).toBe(
        'outside-root',
      );
    }
    expect(await window.errorCode('files.read', { path: 'a\0.json' })).toBe('invalid-path');
    expect(await readFile(join(fixture.folder, 'outside.json'), 'utf8')).toBe('outside');
    window.socket.close();
  });

  it('gets an error for what is no method and for what is no input', async () => {
    const window = await TestWindow.open(fixture);
    for (const method of ['nothing', '__proto__', 'constructor', 'toString']) {
      expect(await window.errorCode(method)).toBe('unknown-method');
    }
    expect(await window.errorCode('files.read', { path: 7 })).toBe('invalid-input');
    expect(await window.errorCode('recovery.save', { id: '../x', originalPath: null, document })).toBe(
      'invalid-input',
    );
    expect(await window.errorCode('files.read', { path: [[[]]] })).toBe('invalid-input');
    window.socket.close();
  });

  it('cannot bring the host down with a document nested a hundred thousand levels deep', async () => {
    const window = await TestWindow.open(fixture);
    const node = { id: 'n', kind: 'dense', position: { x: 0, y: 0 }, params: { x: null } };
    const nested = { id: 'deep', originalPath: null, document: { ...emptyDocument, nodes: [node] } };
    const frame = encode({ id: 1000, method: 'recovery.save', input: nested });
    // The null at the end gives way to arrays in arrays.
    const deep = Buffer.concat([frame.subarray(0, -1), Buffer.alloc(100_000, 0x91), Buffer.from([1])]);
    const answer = window.answer(1000);
    window.socket.send(deep);
    expect(await answer).toMatchObject({ type: 'error' });
    expect(await window.output('app.info')).toMatchObject({ mode: 'browser' });
    window.socket.close();
  });

  it('is cut off when it breaks the protocol or sends too much, and others are not', async () => {
    const other = await TestWindow.open(fixture);
    for (const message of [
      'text',
      Buffer.from([0xc1]),
      Buffer.from(encode({ id: 'x' })),
      Buffer.from([0xdd, 0xff, 0xff, 0xff, 0xff]),
    ]) {
      const window = await TestWindow.open(fixture);
      window.socket.send(message);
      expect(await window.closed).toBe(1008);
    }
    const large = await TestWindow.open(fixture);
    large.socket.on('error', () => undefined);
    large.socket.send(Buffer.alloc(WIRE_MAX_MESSAGE_BYTES + 1));
    expect(await large.closed).toBe(1009);
    expect(await other.output('app.info')).toMatchObject({ mode: 'browser' });
    other.socket.close();
  });

  it('is not offered what another window is editing, until that one is gone', async () => {
    const first = await TestWindow.open(fixture);
    const second = await TestWindow.open(fixture);
    await first.output('recovery.save', { id: 'one', originalPath: null, document });
    expect(await first.output('recovery.list')).toMatchObject({ copies: [{ id: 'one' }] });
    expect(await second.output('recovery.list')).toEqual({ copies: [] });
    first.socket.close();
    await expect.poll(async () => (await second.output('recovery.list')).copies).toHaveLength(1);
    await second.output('recovery.discard', { id: 'one' });
    expect(await second.output('recovery.list')).toEqual({ copies: [] });
    second.socket.close();
  });

  it('that reads slowly gets merged progress, every window gets the rest in order', async () => {
    const slow = await TestWindow.open(fixture);
    const quick = await TestWindow.open(fixture);
    slow.socket.pause();
    const steps = 40_000;
    for (let step = 1; step <= steps; step += 1) {
      emit(progress(step));
      if (step % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    emit({ type: 'run', event: { type: 'state', runId: 'r', state: 'finished' } });
    await expect.poll(() => quick.events.at(-1)).toMatchObject({ event: { state: 'finished' } });
    slow.socket.resume();
    await expect
      .poll(() => slow.events.at(-1), { timeout: 10_000 })
      .toMatchObject({ event: { state: 'finished' } });
    const seen = slow.events.flatMap(({ ...event }) =>
      event.type === 'run' && event.event.type === 'progress' ? [event.event.progress.step] : [],
    );
    expect(seen.length).toBeLessThan(steps);
    expect(seen.at(-1)).toBe(steps);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    slow.socket.close();
    quick.socket.close();
  }, 30_000);
});
