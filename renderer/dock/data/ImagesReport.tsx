import { useTranslation } from 'react-i18next';
import { formatCount } from '#shared/i18n/formatCount.ts';
import type { ImagesReport as Report } from '#shared/protocol/data.ts';

interface ImagesReportProps {
  readonly report: Report;
}

/** More classes than this are in the folder, not here. */
const MOST_CLASSES = 40;

/** What looking at a folder of pictures found: classes with their sizes, and files that are left out. */
export function ImagesReport({ report }: ImagesReportProps) {
  const { t } = useTranslation();
  const { count, classes, splitFolders, sizes, broken, brokenCount } = report;
  const most = Math.max(1, ...classes.map((one) => one.count));
  const notes = [
    t('dock.data.pictures', { count }),
    ...(splitFolders ? [t('dock.data.splitByFolders')] : []),
    ...(classes.length === 0 ? [t('dock.data.noClasses')] : []),
  ];
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <p className="text-small text-text-2">{notes.join(' · ')}</p>
      <div className="flex flex-wrap items-start gap-x-8 gap-y-3">
        {classes.length > 0 && (
          <table className="data-table class-bars" aria-label={t('dock.data.classes')}>
            <thead>
              <tr>
                <th scope="col">{t('dock.data.classHead')}</th>
                <th scope="col" className="num">
                  {t('dock.data.countHead')}
                </th>
                <td />
              </tr>
            </thead>
            <tbody>
              {classes.slice(0, MOST_CLASSES).map((one) => (
                <tr key={one.name}>
                  <th scope="row">{one.name}</th>
                  <td className="num">{formatCount(one.count)}</td>
                  <td>
                    <i style={{ width: `${(100 * one.count) / most}%` }} aria-hidden />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <table className="data-table" aria-label={t('dock.data.sizes')}>
          <thead>
            <tr>
              <th scope="col">{t('dock.data.sizeHead')}</th>
              <th scope="col" className="num">
                {t('dock.data.countHead')}
              </th>
            </tr>
          </thead>
          <tbody>
            {sizes.map(({ width, height, count: pictures }) => (
              <tr key={`${width}×${height}`}>
                <th scope="row">
                  {width} × {height}
                </th>
                <td className="num">{formatCount(pictures)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {classes.length > MOST_CLASSES && (
        <p className="hint">{t('dock.data.moreClasses', { count: classes.length - MOST_CLASSES })}</p>
      )}
      {brokenCount > 0 && (
        <details>
          <summary className="cursor-pointer text-small">
            {t('dock.data.leftOut', { count: brokenCount })}
          </summary>
          <table className="data-table mt-1" aria-label={t('dock.data.leftOut', { count: brokenCount })}>
            <tbody>
              {broken.map(({ path, reason }) => (
                <tr key={path}>
                  <th scope="row" className="font-mono">
                    {path}
                  </th>
                  <td>{t(`dock.data.faults.${reason}`)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </div>
  );
}
