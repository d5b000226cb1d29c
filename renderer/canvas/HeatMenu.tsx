import { DropdownMenu } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { setView, useViewStore } from '../stores/viewStore.ts';
import { menuHost } from '../ui/menuHost.ts';
import { heatMeasures } from './heat.ts';

/** Chooses what the cards are coloured by. */
export function HeatMenu() {
  const { t } = useTranslation();
  const heat = useViewStore((view) => view.heat);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <button type="button" aria-pressed={heat !== 'none'} title={t('canvas.heatHelp')}>
          {heat === 'none' ? t('canvas.heat') : t(`canvas.heats.${heat}`)}
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={menuHost()}>
        <DropdownMenu.Content className="menu" sideOffset={6} align="end" collisionPadding={8}>
          <DropdownMenu.RadioGroup value={heat}>
            {(['none', ...heatMeasures] as const).map((measure) => (
              <DropdownMenu.RadioItem
                key={measure}
                className="menu-item"
                value={measure}
                onSelect={() => setView({ heat: measure })}
              >
                {t(`canvas.heats.${measure}`)}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
