/** @jsxImportSource preact */
import { type ComponentChild, render } from 'preact';
import { instant } from '#values';
import type { CheckedReceipt } from '../check-receipt.ts';
import { BrokenLinkScreen } from '../screens/broken-link.tsx';
import { FalseReceiptScreen } from '../screens/false-receipt.tsx';
import { LookingScreen } from '../screens/looking.tsx';
import { OnItsWayScreen } from '../screens/on-its-way.tsx';
import { ReceiptScreen } from '../screens/receipt.tsx';
import type { ArrivedReceipt, Session, SessionState } from '../session.ts';
import { exampleReceipt } from './example.ts';

type Story = (language: string) => ComponentChild;

const nothing = (): void => undefined;
const GIVEN = { receipt: 'signed', publicKey: {} } as const;
const WITHDRAWN_AT = instant(1_764_010_000_000);

function session(change: Partial<SessionState>): { readonly state: SessionState; readonly session: Session } {
  const state: SessionState = {
    receipt: null,
    takeBack: 'not-asked',
    fault: null,
    isAsking: false,
    ...change,
  };
  return {
    state,
    session: { state: () => state, onChange: () => nothing, lookNow: nothing, takeBack: nothing },
  };
}

function arrived(
  contribution: ArrivedReceipt['contribution'],
  change: Partial<SessionState> = {},
  isTakenBack = contribution === 'withdrawn',
): Story {
  return (language) => {
    const checked = exampleReceipt(language, ['count', 'demographics']);
    const receipt: ArrivedReceipt = {
      given: GIVEN,
      checked,
      contribution,
      withdrawnAt: isTakenBack ? WITHDRAWN_AT : null,
    };
    return (
      <ReceiptScreen
        {...session({ receipt, ...change })}
        arrived={receipt}
        onLanguage={nothing}
        reading={checked.reading}
      />
    );
  };
}

const guardians: Story = (language) => {
  const checked = exampleReceipt(language, ['count'], 'guardian');
  const receipt: ArrivedReceipt = { given: GIVEN, checked, contribution: 'none', withdrawnAt: null };
  return (
    <ReceiptScreen
      {...session({ receipt })}
      arrived={receipt}
      onLanguage={nothing}
      reading={checked.reading}
    />
  );
};

const falseReceipt: Story = (language) => {
  const { document } = exampleReceipt(language, ['count']);
  const checked: CheckedReceipt = {
    findings: ['key-matches', 'signature-wrong'],
    document,
    verdict: 'false',
    reading: null,
  };
  const receipt: ArrivedReceipt = { given: GIVEN, checked, contribution: 'counted', withdrawnAt: null };
  return (
    <FalseReceiptScreen
      {...session({ receipt })}
      arrived={receipt}
      onLanguage={nothing}
      receiptId={exampleReceipt(language, ['count']).reading.receiptId}
    />
  );
};

function onItsWay(change: Partial<SessionState>): Story {
  return () => <OnItsWayScreen {...session(change)} onLanguage={nothing} />;
}

/** Every screen of the phone in every state that looks different, by name. */
export const receiptStories: Readonly<Record<string, Story>> = {
  'phone-looking': () => <LookingScreen onLanguage={nothing} />,
  'phone-counted': arrived('counted'),
  'phone-none': arrived('none'),
  'phone-anonymous': arrived('anonymous'),
  'phone-anonymous-withdrawn': arrived('anonymous', {}, true),
  'phone-withdrawn': arrived('withdrawn'),
  'phone-guardian': guardians,
  'phone-sending': arrived('counted', { takeBack: 'wanted', isAsking: true }),
  'phone-not-sent': arrived('counted', { takeBack: 'wanted', fault: 'unreachable' }),
  'phone-on-its-way': onItsWay({ receipt: 'on-its-way' }),
  'phone-kept': onItsWay({ receipt: 'on-its-way', takeBack: 'kept' }),
  'phone-unreached': onItsWay({ fault: 'not-our-server' }),
  'phone-broken-link': () => <BrokenLinkScreen />,
  'phone-false': falseReceipt,
};

/** Draws a story in an element of any page; gives what takes it away. */
export function drawReceiptStory(story: string, language: string, element: HTMLElement): () => void {
  render(receiptStories[story]?.(language) ?? null, element);
  return () => render(null, element);
}
