import { useStoreApi } from '@xyflow/react';
import { memo } from 'react';
import type { PortForm } from '#shared/types/portType.ts';
import { inputKey, outputKey, useConnecting } from './connecting.ts';

interface PortProps {
  readonly nodeId: string;
  readonly port: string;
  readonly side: 'in' | 'out';
  readonly form: PortForm;
  readonly wired: boolean;
  readonly bad: boolean;
  /** What it is called; a card without its inside does not say. */
  readonly label: string | undefined;
}

/** By these React Flow finds a port and measures it, and cards are not dragged by it. */
const flowClasses =
  'react-flow__handle nodrag nopan connectable connectablestart connectableend connectionindicator';
const sides = {
  in: { type: 'target', position: 'left' },
  out: { type: 'source', position: 'right' },
} as const;

/**
 * One end for wires: form and colour say the type, hollow means free. It stands in place of React Flow's own handle,
 * each of which looks at every change of the canvas whether a wire is in hand; `attachPorts` does the rest.
 */
export const Port = memo(function Port({ nodeId, port, side, form, wired, bad, label }: PortProps) {
  const { rfId } = useStoreApi().getState();
  const key = side === 'in' ? inputKey({ node: nodeId, port }) : outputKey({ node: nodeId, port });
  const { type, position } = sides[side];
  const fit = useConnecting(({ fits, from }) =>
    fits === null ? '' : fits.has(key) ? 'fits' : from === type ? 'unfit aside' : 'unfit',
  );
  return (
    <div
      data-handleid={port}
      data-nodeid={nodeId}
      data-handlepos={position}
      data-id={`${rfId}-${nodeId}-${port}-${type}`}
      className={`${flowClasses} react-flow__handle-${position} ${type} port ${side} ${form} of-${form} ${wired ? '' : 'free'} ${bad ? 'bad' : ''} ${fit}`}
      {...(label !== undefined && { title: label, 'aria-label': label, role: 'img' })}
    />
  );
});
