import { useTranslation } from 'react-i18next';
import { isEnabled, runWindowCommand, useCommandStore } from '../commands/commandStore.ts';
import { Button } from '../ui/Button.tsx';

/** A command of the window as a button; absent while it cannot be given. */
export function CommandButton({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const command = useCommandStore(({ commands }) => commands.find((candidate) => candidate.id === id));
  if (!command || !isEnabled(command)) return null;
  return (
    <Button size="sm" onClick={() => runWindowCommand(id)}>
      {t(`commandNames.${id}`)}
    </Button>
  );
}
