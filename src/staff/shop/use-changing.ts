import type { TermsAnswer } from '#protocol';
import type { ShopId } from '#values';
import type { StaffClient } from '../server-client.ts';
import { type Sending, useSend } from './use-send.ts';

/** What every step of a change is given. */
export interface ChangingProps {
  readonly client: Pick<StaffClient, 'terms' | 'previewTerms' | 'publishTerms'>;
  readonly shopId: ShopId;
  /** What stood there when the change began. */
  readonly began: TermsAnswer;
  readonly onStartAgain: (now: TermsAnswer) => void;
  readonly onSignedOut: () => void;
}

/** Sends a step of a change, and where somebody else was faster begins again from what stands there now. */
export function useChanging({
  client,
  shopId,
  onStartAgain,
  onSignedOut,
}: Omit<ChangingProps, 'began'>): Sending & { readonly startAgain: () => Promise<void> } {
  const sending = useSend(onSignedOut);
  async function startAgain(): Promise<void> {
    const answer = await sending.send(() => client.terms(shopId));
    if (answer !== null) onStartAgain(answer.terms);
  }
  return { ...sending, startAgain };
}
