import { describe, expect, it } from 'vitest';
import { addFrame, changeFrame, nextFrameId, removeFrame } from '#shared/graph/commands.ts';
import type { Frame } from '#shared/graph/document.ts';
import { createHistory, execute, undo } from '#shared/graph/history.ts';
import { parseDocument } from '#shared/graph/parseDocument.ts';
import { serializeDocument } from '#shared/graph/serializeDocument.ts';
import { edited, template } from '../networks.ts';

const mlp = template('mlp-mnist');
const frame: Frame = {
  id: 'frame-1',
  title: 'Head',
  color: 'teal',
  position: { x: 0, y: 0 },
  size: { width: 300, height: 200 },
};
const framed = edited(mlp, addFrame(frame));

describe('frames', () => {
  it('survive a file, and go without a trace', () => {
    const read = parseDocument(serializeDocument(framed));
    expect(read.ok && read.value.frames).toEqual([frame]);
    expect(edited(framed, removeFrame('frame-1'))).toEqual(mlp);
  });

  it('get numbers of their own', () => {
    expect(nextFrameId(mlp)).toBe('frame-1');
    expect(nextFrameId(framed)).toBe('frame-2');
  });

  it('are renamed letter by letter in one step of undo', () => {
    const steps = ['H', 'He', 'Hey'].reduce((history, title) => {
      const next = execute(history, changeFrame('frame-1', { title }));
      if (!next.ok) throw new Error('not renamed');
      return next.value;
    }, createHistory(framed));
    expect(steps.document.frames?.[0]?.title).toBe('Hey');
    expect(undo(steps).document).toEqual(framed);
  });

  it('that are gone cannot be changed or removed', () => {
    expect(changeFrame('frame-9', { title: '' }).apply(framed).ok).toBe(false);
    expect(removeFrame('frame-9').apply(framed).ok).toBe(false);
  });
});
