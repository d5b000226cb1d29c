import { Popover } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { useDocumentStore } from '../stores/documentStore.ts';
import { useForecast } from '../stores/forecastStore.ts';
import { useHostStore } from '../stores/hostStore.ts';
import { formatBytes, formatDuration, formatMilliseconds, formatQuantity } from '../ui/format.ts';

/** What the graph costs, and what training it should take here: one quiet line, with more on a click. */
export function GraphFacts() {
  const { t } = useTranslation();
  const totals = useDocumentStore((state) => state.analysis.totals);
  const forecast = useForecast((state) => state.forecast);
  const memory = useHostStore((host) => host.engine?.totalMemoryBytes ?? null);
  if (totals.flops === 0 && totals.activationBytes === 0) return null;
  const tooMuch = forecast !== null && memory !== null && forecast.memoryBytes > memory;
  const epoch =
    forecast?.msPerStep && forecast.stepsPerEpoch
      ? (forecast.msPerStep * forecast.stepsPerEpoch) / 1000
      : null;
  const epochText = epoch === null ? null : epoch < 1 ? t('canvas.underSecond') : formatDuration(epoch);
  const rows = [
    ['parameters', formatQuantity(totals.parameters)],
    ['flops', formatQuantity(totals.flops)],
    ['activations', formatBytes(totals.activationBytes)],
    ...(forecast
      ? ([
          [
            'memory',
            memory === null
              ? formatBytes(forecast.memoryBytes)
              : t('canvas.facts.memoryOf', {
                  memory: formatBytes(forecast.memoryBytes),
                  total: formatBytes(memory),
                }),
          ],
          [
            'step',
            forecast.msPerStep === null
              ? t('canvas.facts.notYet')
              : t('canvas.facts.milliseconds', { value: formatMilliseconds(forecast.msPerStep) }),
          ],
          ['epoch', epochText ?? t('canvas.facts.notYet')],
        ] as const)
      : []),
  ] as const;
  return (
    <Popover.Root>
      <Popover.Trigger className={`cv-facts ${tooMuch ? 'over' : ''}`} aria-label={t('canvas.facts.title')}>
        {t('canvas.facts.perSample', {
          flops: formatQuantity(totals.flops),
          activations: formatBytes(totals.activationBytes),
        })}
        {forecast && (
          <>
            {' · '}
            <b>{t('canvas.facts.inMemory', { memory: formatBytes(forecast.memoryBytes) })}</b>
          </>
        )}
        {epochText !== null && <> · {t('canvas.facts.perEpoch', { time: epochText })}</>}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="popover facts-pop"
          side="top"
          sideOffset={6}
          align="start"
          collisionPadding={8}
        >
          <h3>{t('canvas.facts.title')}</h3>
          <table className="wtable">
            <tbody>
              {rows.map(([fact, value]) => (
                <tr key={fact}>
                  <td>{t(`canvas.facts.names.${fact}`, { batch: forecast?.batchSize ?? 1 })}</td>
                  <td>{value}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {tooMuch && <p className="text-warn">{t('canvas.facts.tooMuch')}</p>}
          <p>{t(forecast ? 'canvas.facts.how' : 'canvas.facts.noForecast')}</p>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
