import { Handle, Position } from '@xyflow/react';
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

/** One end for wires: form and colour say the type, hollow means free. */
export const Port = memo(function Port({ nodeId, port, side, form, wired, bad, label }: PortProps) {
  const key = side === 'in' ? inputKey({ node: nodeId, port }) : outputKey({ node: nodeId, port });
  const fit = useConnecting(({ fits }) => (fits === null ? '' : fits.has(key) ? 'fits' : 'unfit'));
  return (
    <Handle
      id={port}
      type={side === 'in' ? 'target' : 'source'}
      position={side === 'in' ? Position.Left : Position.Right}
      className={`port ${side} ${form} of-${form} ${wired ? '' : 'free'} ${bad ? 'bad' : ''} ${fit}`}
      {...(label !== undefined && { title: label, 'aria-label': label, role: 'img' })}
    />
  );
});
