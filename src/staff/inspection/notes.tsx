import { formatDuration, useTranslation } from '#i18n';
import type { Inspection, InspectionNote } from '#protocol';
import { useKioskName } from '../kiosks/use-kiosk-name.ts';
import '../screens/findings.css';

interface NotesProps {
  readonly notes: Inspection['notes'];
  /** Nothing else was found: this is the first thing that is said. */
  readonly isAlone: boolean;
}

/** What the ledgers leave open: no error, and nothing to call in order before somebody has looked. */
export function Notes({ notes, isAlone }: NotesProps) {
  const { t } = useTranslation('staff');
  return (
    <section className="findings" data-testid="notes" data-verdict="noted">
      <h2>{t(isAlone ? 'inspection.noted' : 'inspection.notedToo', { count: notes.length })}</h2>
      <p>{t('inspection.notedBody')}</p>
      <ul>
        {notes.map((noted) => (
          <Note key={`${noted.note} ${noted.kiosk.id}`} noted={noted} />
        ))}
      </ul>
    </section>
  );
}

function Note({ noted }: { readonly noted: InspectionNote }) {
  const { t, i18n } = useTranslation('staff');
  const nameOf = useKioskName();
  const { note, kiosk, count, milliseconds } = noted;
  const where = [
    t('inspection.atKiosk', { name: nameOf(kiosk.name) }),
    ...(note === 'no-entries' ? [] : [t('inspection.times', { count })]),
    ...(milliseconds === null
      ? []
      : [t('inspection.lasting', { time: formatDuration(milliseconds, i18n.language) })]),
  ];
  return (
    <li data-note={note}>
      <h3>{t(`inspection.note.${note}.what`)}</h3>
      <p className="finding-where">{where.join(' · ')}</p>
      <p>
        <b>{t('inspection.todo')}</b> {t(`inspection.note.${note}.todo`)}
      </p>
    </li>
  );
}
