import { FolderOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { pickData } from '../dialogs/pickData.ts';
import { toHostError } from '../host/hostFailure.ts';
import { showToast } from '../stores/toastStore.ts';
import { IconButton } from '../ui/Button.tsx';
import { TextField } from '../ui/Field.tsx';

interface PathFieldProps {
  readonly id?: string;
  readonly label: string;
  readonly value: string;
  readonly kind: 'file' | 'folder';
  readonly describedBy: string | undefined;
  readonly onChange: (path: string) => void;
}

/** The path of people's own data, with the dialog that picks it. */
export function PathField({ kind, onChange, ...field }: PathFieldProps) {
  const { t } = useTranslation();
  const pick = (): void => {
    pickData(kind).then(
      (path) => path !== null && onChange(path),
      (cause) => showToast({ tone: 'danger', text: toHostError(cause).message }),
    );
  };
  return (
    <div className="flex min-w-0 items-center gap-1">
      <TextField {...field} onChange={onChange} />
      <IconButton label={t(`dock.data.pick.${kind}`)} onClick={pick}>
        <FolderOpen size={14} />
      </IconButton>
    </div>
  );
}
