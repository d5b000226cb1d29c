import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/Button.tsx';

interface PortListProps {
  readonly title: string;
  readonly ports: readonly { readonly id: string; readonly title: string }[];
  /** What the list says while it is empty. */
  readonly none: string;
  readonly onRename: (id: string, title: string) => void;
  readonly onMove?: (id: string, by: 1 | -1) => void;
  readonly onRemove: (id: string) => void;
}

/** Ports, or parameters, of a block: to be named, put in order and taken away. */
export function PortList({ title, ports, none, onRename, onMove, onRemove }: PortListProps) {
  const { t } = useTranslation();
  return (
    <section className="sec" aria-label={title}>
      <h3>
        {title}
        <em>{ports.length}</em>
      </h3>
      {ports.length === 0 && <p className="hint">{none}</p>}
      <ul className="port-list">
        {ports.map((port, at) => (
          <li key={port.id}>
            <input
              className="inp"
              aria-label={t('blocks.nameOf', { port: port.id })}
              placeholder={port.id}
              value={port.title}
              onChange={(event) => onRename(port.id, event.target.value)}
            />
            {onMove && (
              <>
                <IconButton
                  className="sm"
                  label={t('blocks.up', { port: port.title })}
                  disabled={at === 0}
                  onClick={() => onMove(port.id, -1)}
                >
                  <ArrowUp size={12} />
                </IconButton>
                <IconButton
                  className="sm"
                  label={t('blocks.down', { port: port.title })}
                  disabled={at === ports.length - 1}
                  onClick={() => onMove(port.id, 1)}
                >
                  <ArrowDown size={12} />
                </IconButton>
              </>
            )}
            <IconButton
              className="sm"
              label={t('blocks.remove', { port: port.title })}
              onClick={() => onRemove(port.id)}
            >
              <X size={12} />
            </IconButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
