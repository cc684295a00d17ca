import { formatDateTime, useTranslation } from '#i18n';
import { FAULT_REASONS } from '#inspection';
import type { FoundProblem, Inspection } from '#protocol';
import { instantFromIso } from '#values';
import { groupOf } from '../check-file/fault-group.ts';
import { useKioskName } from '../kiosks/use-kiosk-name.ts';
import { Notes } from './notes.tsx';
import '../screens/findings.css';

interface FindingsProps {
  readonly problems: Inspection['problems'];
  readonly notes: Inspection['notes'];
  readonly timeZone: string;
}

/** Everything that is wrong, in red, with what to do, then what is left open; or one calm sentence where there is neither. */
export function Findings({ problems, notes, timeZone }: FindingsProps) {
  if (problems.length === 0 && notes.length === 0) return <NothingFound />;
  return (
    <>
      {problems.length === 0 ? null : <Problems problems={problems} timeZone={timeZone} />}
      {notes.length === 0 ? null : <Notes isAlone={problems.length === 0} notes={notes} />}
    </>
  );
}

function NothingFound() {
  const { t } = useTranslation('staff');
  return (
    <section className="findings" data-verdict="kept" data-testid="findings">
      <h2>{t('inspection.well')}</h2>
      <p>{t('inspection.wellBody')}</p>
    </section>
  );
}

function Problems({ problems, timeZone }: Omit<FindingsProps, 'notes'>) {
  const { t } = useTranslation('staff');
  return (
    <section className="findings" data-verdict="broken" data-testid="findings">
      <h2>{t('inspection.wrong', { count: problems.length })}</h2>
      <ul>
        {problems.map((problem) => (
          <Finding
            found={problem}
            key={`${problem.problem} ${problem.kiosk?.id ?? ''}`}
            timeZone={timeZone}
          />
        ))}
      </ul>
    </section>
  );
}

function Finding({ found, timeZone }: { readonly found: FoundProblem; readonly timeZone: string }) {
  const { t, i18n } = useTranslation('staff');
  const nameOf = useKioskName();
  const { problem, count, kiosk, seq } = found;
  const time = found.time === null ? null : instantFromIso(found.time);
  const reason = FAULT_REASONS.find((known) => known === found.reason);
  const where = [
    ...(kiosk === null ? [] : [t('inspection.atKiosk', { name: nameOf(kiosk.name) })]),
    ...(seq === null ? [] : [t('inspection.atEntry', { seq })]),
    ...(time === null
      ? []
      : [t('inspection.since', { time: formatDateTime(time, i18n.language, timeZone) })]),
    ...(count > 1 ? [t('inspection.times', { count })] : []),
  ];
  return (
    <li data-problem={problem}>
      <h3>{t(`inspection.problem.${problem}.what`)}</h3>
      {reason === undefined ? null : <p>{t(`check.group.${groupOf(reason)}`)}</p>}
      {where.length === 0 ? null : <p className="finding-where">{where.join(' · ')}</p>}
      <p>
        <b>{t('inspection.todo')}</b> {t(`inspection.problem.${problem}.todo`)}
      </p>
    </li>
  );
}
