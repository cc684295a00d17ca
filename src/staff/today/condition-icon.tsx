import type { KioskStatus } from '#protocol';

const PATHS: Readonly<Record<KioskStatus['condition'], string>> = {
  well: 'M6 12.5l4 4 8-9',
  ailing: 'M12 6v8M12 18h.01',
  resting: 'M9 7v10M15 7v10',
  silent: 'M6 12h.01M12 12h.01M18 12h.01',
  fork: 'M12 19v-6M12 13L7 6M12 13l5-7',
  revoked: 'M7 7l10 10M17 7L7 17',
};

/** A shape for each condition, so that colour is never the only sign. The word stands beside it. */
export function ConditionIcon({ condition }: Pick<KioskStatus, 'condition'>) {
  return (
    <svg aria-hidden="true" className="condition-icon" fill="none" viewBox="0 0 24 24">
      <path d={PATHS[condition]} />
    </svg>
  );
}
