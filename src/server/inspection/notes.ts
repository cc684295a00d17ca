import type { KioskReport } from '#inspection';
import type { InspectionNote } from '#protocol';
import type { KioskFindings } from './problems.ts';

type Noted = Pick<InspectionNote, 'note' | 'count' | 'milliseconds'>;

/**
 * What the ledgers leave open although nothing in them is wrong, as the check that anybody can run tells it. It is of each ledger as a whole, and
 * not of the days asked for. That a signed head is missing or too old is no note here: the server has one with each batch, so it is a problem.
 */
export function notesOf(kiosks: readonly KioskFindings[]): InspectionNote[] {
  return kiosks.flatMap(({ kiosk: { id, name }, ledger: { asFile } }) =>
    asFile.report === null ? [] : notedIn(asFile.report).map((noted) => ({ ...noted, kiosk: { id, name } })),
  );
}

function notedIn({ gaps, figures }: KioskReport): readonly Noted[] {
  const noted: readonly Noted[] = [
    // A kiosk may claim times that add up to more than a number holds.
    {
      note: 'long-looks',
      count: figures.longLooks,
      milliseconds: Math.min(figures.longLooksMs, Number.MAX_SAFE_INTEGER),
    },
    { note: 'look-late-and-interrupted', count: figures.lateInterrupted, milliseconds: null },
    { note: 'look-open-at-end', count: 1, milliseconds: null },
    { note: 'no-entries', count: 1, milliseconds: null },
  ];
  return noted.filter(({ note }) => gaps.includes(note));
}
