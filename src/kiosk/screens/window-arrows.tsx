import { movedPlace, WINDOW_MOVES, type WindowMove, type WindowPlace } from '#camera';
import { useTranslation } from '#i18n';
import { Button } from '#ui';
import type { VisitEvent } from '../visit/machine.ts';
import './window-arrows.css';

/** Strokes on a grid of 32: an arrow each way, and a frame that grows or shrinks. */
const SIGNS: Record<WindowMove, string> = {
  up: 'M16 27V5M6 15L16 5l10 10',
  down: 'M16 5v22M6 17l10 10 10-10',
  larger: 'M16 6v20M6 16h20',
  smaller: 'M6 16h20',
};

interface WindowArrowsProps {
  readonly place: WindowPlace;
  readonly send: (event: VisitEvent) => void;
}

/** Moves the consent window: for a child, for who sits, for who is tall, and to leave others out. */
export function WindowArrows({ place, send }: WindowArrowsProps) {
  const { t } = useTranslation('kiosk');
  return (
    <fieldset aria-label={t('looking.move.name')} className="window-arrows">
      {WINDOW_MOVES.map((move) => (
        <Button
          action={`window-${move}`}
          isDisabled={movedPlace(place, move) === place}
          key={move}
          label={t(`looking.move.${move}`)}
          onPress={() => send({ type: 'move', move })}
        >
          <svg
            aria-hidden="true"
            fill="none"
            height="40"
            stroke="currentColor"
            viewBox="0 0 32 32"
            width="40"
          >
            <path d={SIGNS[move]} strokeLinecap="round" strokeLinejoin="round" strokeWidth="4" />
          </svg>
        </Button>
      ))}
    </fieldset>
  );
}
