import { type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from '#i18n';
import {
  type ExportReport,
  figureFacts,
  fileFacts,
  type KioskReport,
  kioskFacts,
  sizeOfGap,
} from '#inspection';
import { Button } from '#ui';
import { FactList } from './fact-list.tsx';
import { isolated } from './isolated.ts';

/** What a file that is in order says: the facts of the command line, in plain words. */
export function FileInOrder({ name, report }: { readonly name: string; readonly report: ExportReport }) {
  const { t } = useTranslation('staff');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { kiosks, total } = report;
  return (
    <div className="check-result">
      <section className="findings" data-testid="check-outcome" data-verdict="kept">
        <h2 ref={heading} tabIndex={-1}>
          {t('check.good')}
        </h2>
        <p>{t('check.goodBody', { name: isolated(name) })}</p>
        <FactList facts={fileFacts(report)} />
      </section>
      {kiosks.length > 1 ? (
        <section className="check-card" data-testid="check-total">
          <h3>{t('check.all')}</h3>
          <FactList facts={figureFacts(total)} />
        </section>
      ) : null}
      <KioskCards kiosks={kiosks} />
    </div>
  );
}

/** A file may hold thousands of kiosks, and a page with all of them would not move. */
const KIOSKS_AT_ONCE = 20;

function KioskCards({ kiosks }: { readonly kiosks: readonly KioskReport[] }) {
  const { t } = useTranslation('staff');
  const [shown, setShown] = useState(KIOSKS_AT_ONCE);
  const newest = useRef<HTMLHeadingElement>(null);
  // The button that was pressed may be gone, and who reads by ear goes on with the first card that is new.
  useEffect(() => {
    if (shown > KIOSKS_AT_ONCE) newest.current?.focus();
  }, [shown]);
  const more = kiosks.length - shown;
  return (
    <>
      {kiosks.slice(0, shown).map((kiosk, index) => (
        <KioskCard
          heading={index === shown - KIOSKS_AT_ONCE ? newest : null}
          key={kiosk.kioskId}
          kiosk={kiosk}
        />
      ))}
      {more > 0 ? (
        <Button action="more-kiosks" look="plain" onPress={() => setShown(shown + KIOSKS_AT_ONCE)}>
          {t('check.moreKiosks', { count: more })}
        </Button>
      ) : null}
    </>
  );
}

interface KioskCardProps {
  readonly kiosk: KioskReport;
  readonly heading: RefObject<HTMLHeadingElement | null> | null;
}

function KioskCard({ kiosk, heading }: KioskCardProps) {
  const { t } = useTranslation('staff');
  const { kioskId, gaps } = kiosk;
  return (
    <section className="check-card" data-testid="check-kiosk">
      <h3 ref={heading} tabIndex={-1}>
        {t('check.kiosk', { id: kioskId })}
      </h3>
      <FactList facts={kioskFacts(kiosk)} />
      {gaps.length === 0 ? null : (
        <>
          <h4>{t('check.gapsTitle')}</h4>
          <ul className="check-gaps">
            {gaps.map((gap) => {
              const { count, seconds } = sizeOfGap(gap, kiosk);
              return (
                <li data-gap={gap} key={gap}>
                  {t(`check.gap.${gap}`, { count, seconds: String(seconds) })}
                </li>
              );
            })}
          </ul>
        </>
      )}
    </section>
  );
}
