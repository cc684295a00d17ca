import { type RawBuilder, sql } from 'kysely';
import { MAX_TALLY } from '#protocol';

/** People of some hours together. No row counts for more than an hour can have: SQLite refuses a sum that is no exact number, and one row could make it so. */
export function tallySum(column: 'declined' | 'left_unanswered'): RawBuilder<number | null> {
  const people = sql.ref(column);
  const most = sql.lit(MAX_TALLY);
  return sql`sum(case when ${people} > ${most} then ${most} else ${people} end)`;
}
