import { fail, ok } from '../protocol/problem.ts';
import type { Command } from './command.ts';
import type { Frame, GraphDocument } from './document.ts';

export function addFrame(frame: Frame): Command {
  return {
    label: { key: 'add-frame' },
    apply: (document) => ok({ ...document, frames: [...(document.frames ?? []), frame] }),
  };
}

/** `frame-1`, `frame-2`, …: one more than the highest number in use. */
export function nextFrameId({ frames = [] }: GraphDocument): string {
  const numbers = frames.map(({ id }) => Number(id.replace(/^frame-/, ''))).filter(Number.isSafeInteger);
  return `frame-${Math.max(0, ...numbers) + 1}`;
}

/** Changes of the same part of one frame in a row are one step of undo. */
export function changeFrame(id: string, patch: Partial<Omit<Frame, 'id'>>): Command {
  return {
    label: { key: 'change-frame' },
    mergeKey: `frame:${id}:${Object.keys(patch).toSorted().join(',')}`,
    apply(document) {
      const { frames = [] } = document;
      if (!frames.some((frame) => frame.id === id)) {
        return fail({ code: 'node-not-found', severity: 'error', data: { id } });
      }
      return ok({
        ...document,
        frames: frames.map((frame) => (frame.id === id ? { ...frame, ...patch } : frame)),
      });
    },
  };
}

/** Removes a frame; the cards in it stay. */
export function removeFrame(id: string): Command {
  return {
    label: { key: 'remove-frame' },
    apply(document) {
      const frames = document.frames?.filter((frame) => frame.id !== id) ?? [];
      if (frames.length === (document.frames?.length ?? 0)) {
        return fail({ code: 'node-not-found', severity: 'error', data: { id } });
      }
      const { frames: _, ...rest } = document;
      return ok(frames.length > 0 ? { ...document, frames } : (rest as GraphDocument));
    },
  };
}
