import { type ReactNode, useEffect, useRef, useState } from 'react';
import { formatDateTime, formatNumber, useTranslation } from '#i18n';
import type { ExportReport, Figures, KioskReport } from '#inspection';
import { Button } from '#ui';
import { type IsoTime, instantFromIso, SECOND_MS } from '#values';
import { isolated } from './isolated.ts';

/** What a file that is in order says: the figures of the command line, in plain words. */
export function FileInOrder({ name, report }: { readonly name: string; readonly report: ExportReport }) {
  const { t, i18n } = useTranslation('staff');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { kiosks, total, lines, made, shops, controllers } = report;
  const names = [...controllers.first, ...shops.first].map((one) => isolated(one.name));
  const more = controllers.more + shops.more;
  const separator = t('inspection.separator');
  return (
    <div className="check-result">
      <section className="findings" data-testid="check-outcome" data-verdict="kept">
        <h2 ref={heading} tabIndex={-1}>
          {t('check.good')}
        </h2>
        <p>{t('check.goodBody', { name: isolated(name) })}</p>
        <dl className="check-where">
          <div>
            <dt>{t('check.made')}</dt>
            <dd>{timeIn(i18n.language, made)}</dd>
          </div>
          <div>
            <dt>{t('check.shops')}</dt>
            <dd>{[...names, ...(more === 0 ? [] : [t('check.more', { count: more })])].join(separator)}</dd>
          </div>
          <div>
            <dt>{t('check.size')}</dt>
            <dd>{t('check.lines', { count: lines })}</dd>
          </div>
        </dl>
      </section>
      {kiosks.length > 1 ? <FigureCard figures={total} testId="check-total" title={t('check.all')} /> : null}
      <KioskCards kiosks={kiosks} />
    </div>
  );
}

/** A file may hold thousands of kiosks, and a page with all of them would not move. */
const KIOSKS_AT_ONCE = 20;

function KioskCards({ kiosks }: { readonly kiosks: readonly KioskReport[] }) {
  const { t } = useTranslation('staff');
  const [shown, setShown] = useState(KIOSKS_AT_ONCE);
  const more = kiosks.length - shown;
  return (
    <>
      {kiosks.slice(0, shown).map((kiosk) => (
        <KioskCard key={kiosk.kioskId} kiosk={kiosk} />
      ))}
      {more > 0 ? (
        <Button action="more-kiosks" look="plain" onPress={() => setShown(shown + KIOSKS_AT_ONCE)}>
          {t('check.moreKiosks', { count: more })}
        </Button>
      ) : null}
    </>
  );
}

function KioskCard({ kiosk }: { readonly kiosk: KioskReport }) {
  const { t, i18n } = useTranslation('staff');
  const { kioskId, figures, gaps, firstTime, lastTime, keyThumbprint } = kiosk;
  return (
    <FigureCard figures={figures} testId="check-kiosk" title={t('check.kiosk', { id: kioskId })}>
      <dl className="check-where">
        <div>
          <dt>{t('check.key')}</dt>
          <dd>
            <code>{keyThumbprint}</code>
          </dd>
        </div>
        {firstTime === null || lastTime === null ? null : (
          <div>
            <dt>{t('check.days')}</dt>
            <dd>
              {timeIn(i18n.language, firstTime)} – {timeIn(i18n.language, lastTime)}
            </dd>
          </div>
        )}
      </dl>
      {gaps.length === 0 ? null : (
        <>
          <h4>{t('check.gapsTitle')}</h4>
          <ul className="check-gaps">
            {gaps.map((gap) => (
              <li key={gap}>{t(`check.gap.${gap}`)}</li>
            ))}
          </ul>
        </>
      )}
    </FigureCard>
  );
}

interface FigureCardProps {
  readonly title: string;
  readonly figures: Figures;
  readonly testId: string;
  readonly children?: ReactNode;
}

function FigureCard({ title, figures, testId, children }: FigureCardProps) {
  const { t, i18n } = useTranslation('staff');
  const { looks } = figures;
  const number = (value: number) => formatNumber(value, i18n.language);
  const shown = [
    ['entries', number(figures.entries)],
    ['receipts', number(figures.receipts)],
    ['demographics', number(figures.receiptsByPurpose.demographics)],
    ['guardian', number(figures.receiptsByGiver.guardian)],
    ['looks', number(Object.values(looks).reduce((sum, count) => sum + count, 0))],
    ['seconds', t('inspection.value.seconds', { seconds: String(figures.cameraMs / SECOND_MS) })],
    ['contributions', number(figures.contributions)],
    ['withdrawn', number(figures.withdrawn)],
    ['countedNow', number(figures.countedNow)],
    ['releases', number(figures.releases)],
    ['releasedPeople', number(figures.releasedPeople)],
    ['declined', number(figures.tallies.declined)],
    ['left', number(figures.tallies.left)],
    ...(looks.interrupted === 0 ? [] : ([['interrupted', number(looks.interrupted)]] as const)),
    ...(figures.pruned === 0 ? [] : ([['pruned', number(figures.pruned)]] as const)),
  ] as const;
  return (
    <section className="check-card" data-testid={testId}>
      <h3>{title}</h3>
      <dl className="check-figures">
        {shown.map(([name, value]) => (
          <div data-figure={name} key={name}>
            <dt>{t(`check.figure.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {children}
    </section>
  );
}

function timeIn(language: string, iso: IsoTime): string {
  const time = instantFromIso(iso);
  return time === null ? iso : formatDateTime(time, language);
}
