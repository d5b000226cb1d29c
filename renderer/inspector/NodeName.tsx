import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { setTitle } from '#shared/graph/commands.ts';
import type { NodeInstance } from '#shared/graph/document.ts';
import { edit } from '../canvas/canvasApi.ts';

interface NodeNameProps {
  readonly node: NodeInstance;
  /** What it is called without a name of its own. */
  readonly standard: string;
}

/** The name of a node, to be changed. */
export function NodeName({ node, standard }: NodeNameProps) {
  const { t } = useTranslation();
  const title = node.title ?? '';
  // A name has no spaces at its ends, but what is being typed has: before the next word.
  const [typed, setTyped] = useState('');
  return (
    <>
      <h2 className="sr-only">{node.title ?? standard}</h2>
      <input
        aria-label={t('inspector.name')}
        title={t('inspector.nameHelp', { title: standard })}
        placeholder={standard}
        value={typed.trim() === title ? typed : title}
        maxLength={200}
        onChange={({ target }) => {
          setTyped(target.value);
          edit(setTitle(node.id, target.value));
        }}
        onBlur={() => setTyped('')}
      />
    </>
  );
}
