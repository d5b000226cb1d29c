import { CircleCheck, LoaderCircle } from 'lucide-react';
import { RadioGroup } from 'radix-ui';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '#shared/i18n/formatCount.ts';
import { type ExportFormat, exportFormatSchema } from '#shared/protocol/engine.ts';
import type { HostError, HostOutput } from '#shared/protocol/host.ts';
import { toHostError } from '../host/hostFailure.ts';
import { callHost, useHostStore } from '../stores/hostStore.ts';
import { useRunStore } from '../stores/runStore.ts';
import { Button } from '../ui/Button.tsx';
import { formatBytes } from '../ui/format.ts';
import { Dialog } from './Dialog.tsx';
import { FileDialog } from './FileDialog.tsx';

interface ExportDialogProps {
  readonly runId: string;
  readonly onClose: () => void;
}

type Result = HostOutput<'run.export'>;

/** Safe as a file name on every system. */
const fileStem = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '') || 'model';

/** Takes the model of a run away: format, place, and where it ended up. */
export function ExportDialog({ runId, onClose }: ExportDialogProps) {
  const { t } = useTranslation();
  const run = useRunStore((store) => store.runs.find(({ id }) => id === runId));
  const nativeDialogs = useHostStore((host) => host.info?.nativeDialogs ?? false);
  const [format, setFormat] = useState<ExportFormat>('savedmodel');
  const [path, setPath] = useState<string | null>(null);
  const [choosing, setChoosing] = useState(false);
  const [working, setWorking] = useState(false);
  const [error, setError] = useState<HostError | null>(null);
  const [result, setResult] = useState<Result | null>(null);
  const [copied, setCopied] = useState(false);
  useEffect(() => void useRunStore.getState().refreshRuns(), []);

  const name = run?.name ?? runId;
  const suggested =
    format === 'savedmodel' ? `${fileStem(name)}-savedmodel` : `${fileStem(name)}.safetensors`;
  const choose = async (): Promise<void> => {
    if (!nativeDialogs) {
      setChoosing(true);
      return;
    }
    try {
      const answer = await callHost('dialog.export', { suggestedName: suggested });
      if (answer.path !== null) setPath(answer.path);
    } catch (cause) {
      setError(toHostError(cause));
    }
  };
  const write = async (): Promise<void> => {
    if (path === null) return;
    setWorking(true);
    setError(null);
    try {
      setResult(await callHost('run.export', { runId, format, path }));
    } catch (cause) {
      setError(toHostError(cause));
    } finally {
      setWorking(false);
    }
  };

  if (choosing) {
    return (
      <FileDialog
        title={t('dialogs.destinationTitle')}
        purpose="export"
        suggested={suggested}
        onAnswer={(answer) => {
          setChoosing(false);
          if (answer !== null) setPath(answer);
        }}
      />
    );
  }
  if (result) {
    return (
      <Dialog title={t('dialogs.exportTitle')} onDismiss={onClose}>
        <div className="flex gap-2 text-small" role="status" data-testid="export-result">
          <CircleCheck size={16} className="text-ok" aria-hidden />
          <div className="min-w-0">
            <p>
              {t('dialogs.export.done', { files: result.files.length, size: formatBytes(result.bytes) })}{' '}
              {t('dialogs.export.at')}
            </p>
            <code className="break-all text-text-2 select-text" data-testid="export-path">
              {result.path}
            </code>
          </div>
        </div>
        <div className="dialog-actions">
          <Button
            onClick={() =>
              void navigator.clipboard.writeText(result.path).then(
                () => setCopied(true),
                () => {},
              )
            }
          >
            {t(copied ? 'dialogs.export.copied' : 'dialogs.export.copyPath')}
          </Button>
          <Button tone="primary" autoFocus onClick={onClose}>
            {t('dialogs.close')}
          </Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog
      title={t('dialogs.exportTitle')}
      description={t('dialogs.export.ofRun', {
        name,
        step: run?.progress ? formatCount(run.bestStep ?? run.progress.step) : '–',
      })}
      onDismiss={onClose}
    >
      <RadioGroup.Root
        className="flex flex-col gap-2"
        aria-label={t('dialogs.export.format')}
        value={format}
        onValueChange={(value) => {
          setFormat(value as ExportFormat);
          setPath(null);
        }}
      >
        {exportFormatSchema.options.map((option) => (
          <RadioGroup.Item
            key={option}
            value={option}
            className="group flex items-start gap-2.5 rounded-md border border-line-strong bg-surface px-3 py-2 text-left data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft"
          >
            <i
              aria-hidden
              className="mt-1 size-3 flex-none rounded-full border border-(--control-line) group-data-[state=checked]:border-4 group-data-[state=checked]:border-accent"
            />
            <span>
              <b className="block text-small">{t(`dialogs.export.${option}`)}</b>
              <span className="text-caption text-text-2">{t(`dialogs.export.${option}Text`)}</span>
            </span>
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
      <div className="flex items-center gap-2">
        <span className="text-caption text-text-3">{t('dialogs.export.destination')}</span>
        <code className="min-w-0 grow text-small break-all" data-testid="destination">
          {path ?? t('dialogs.export.noDestination')}
        </code>
        <Button disabled={working} onClick={() => void choose()}>
          {t('dialogs.export.choosePlace')}
        </Button>
      </div>
      {error && (
        <p role="alert" className="dialog-error">
          {t('dialogs.export.failed')} {error.message}
        </p>
      )}
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('dialogs.cancel')}</Button>
        <Button tone="primary" disabled={path === null || working} onClick={() => void write()}>
          {working && <LoaderCircle size={13} className="animate-spin" aria-hidden />}
          {t(working ? 'dialogs.export.working' : 'dialogs.export.action')}
        </Button>
      </div>
    </Dialog>
  );
}
