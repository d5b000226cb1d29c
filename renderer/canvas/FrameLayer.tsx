import { ViewportPortal } from '@xyflow/react';
import { useDocumentStore } from '../stores/documentStore.ts';
import { FrameBox } from './FrameBox.tsx';
import { areaOf } from './frames.ts';

/** The frames, behind all wires and cards; one in another over it. */
export function FrameLayer() {
  const frames = useDocumentStore((state) => state.graph?.frames);
  if (!frames || frames.length === 0) return null;
  return (
    <ViewportPortal>
      <div className="cv-frames">
        {frames
          .toSorted((a, b) => areaOf(b) - areaOf(a))
          .map((frame) => (
            <FrameBox key={frame.id} frame={frame} />
          ))}
      </div>
    </ViewportPortal>
  );
}
