import { useTranslation } from 'react-i18next';
import { languages } from '#shared/i18n/language.ts';
import { Dialog } from '../dialogs/Dialog.tsx';
import { setView, useViewStore } from '../stores/viewStore.ts';
import { Segmented } from '../ui/Segmented.tsx';
import { KeySettings } from './KeySettings.tsx';
import { returnFocus } from './shellStore.ts';

const themes = ['dark', 'light', 'system'] as const;
const chosenLanguages = ['system', ...languages] as const;
const densities = ['comfortable', 'compact'] as const;

/** How the window looks, the language it speaks, and its keys. */
export function SettingsDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const theme = useViewStore((view) => view.theme);
  const language = useViewStore((view) => view.language);
  const density = useViewStore((view) => view.density);
  return (
    <Dialog title={t('settings.title')} width="wide" onDismiss={onClose} onClosed={returnFocus}>
      <section className="settings-look" aria-label={t('settings.look')}>
        <span className="text-small text-text-2">{t('shell.theme')}</span>
        <Segmented
          label={t('shell.theme')}
          value={theme}
          options={themes.map((value) => ({ value, label: t(`shell.themes.${value}`) }))}
          onChange={(value) => setView({ theme: value })}
        />
        <span className="text-small text-text-2">{t('settings.language')}</span>
        <Segmented
          label={t('settings.language')}
          value={language}
          options={chosenLanguages.map((value) => ({ value, label: t(`settings.languages.${value}`) }))}
          onChange={(value) => setView({ language: value })}
        />
        <span className="text-small text-text-2">{t('settings.density')}</span>
        <Segmented
          label={t('settings.density')}
          value={density}
          options={densities.map((value) => ({ value, label: t(`settings.densities.${value}`) }))}
          onChange={(value) => setView({ density: value })}
        />
      </section>
      <KeySettings />
    </Dialog>
  );
}
