import type { Notice } from '#consent';
import { useTranslation } from '#i18n';
import { Button, Checkbox } from '#ui';
import type { VisitEvent } from '../visit/machine.ts';
import { CameraStatus } from './camera-status.tsx';
import { Frame, type LanguageChoice } from './frame.tsx';
import './choose.css';

interface ChooseProps {
  readonly notice: Notice;
  /** The second layer is open. */
  readonly isDetailed: boolean;
  readonly wantsDemographics: boolean;
  readonly shopName: string;
  readonly languageChoice: LanguageChoice;
  readonly send: (event: VisitEvent) => void;
}

/** The notice and the choice on one screen: four answers, one separate question, and two equal buttons. */
export function ChooseScreen({
  notice,
  isDetailed,
  wantsDemographics,
  shopName,
  languageChoice,
  send,
}: ChooseProps) {
  const { t } = useTranslation('kiosk');
  const { texts } = notice;
  return (
    <Frame
      actions={
        <div className="answers">
          <Button action="decline" onPress={() => send({ type: 'decline' })}>
            {texts.decline}
          </Button>
          <Button action="agree" onPress={() => send({ type: 'agree' })}>
            {texts.agree}
          </Button>
        </div>
      }
      languageChoice={languageChoice}
      shopName={shopName}
      step={isDetailed ? 'notice' : 'choose'}
      title={texts.title}
    >
      <div className="choose-body">
        {isDetailed ? <Details notice={notice} /> : <FirstLayer notice={notice} />}
        <div className="choose-side">
          <Checkbox
            action="demographics"
            description={texts.demographics.answer}
            isSelected={wantsDemographics}
            onChange={(wanted) => send({ type: 'demographics', wanted })}
            tag={t('choose.optional')}
          >
            {texts.demographics.question}
          </Checkbox>
          <CameraStatus isOn={false} label={t('choose.camera')} />
          <Button action="details" look="plain" onPress={() => send({ type: 'details' })}>
            {isDetailed ? t('choose.lessDetails') : t('choose.details')}
          </Button>
        </div>
      </div>
    </Frame>
  );
}

function FirstLayer({ notice: { texts } }: { readonly notice: Notice }) {
  return (
    <dl className="four-answers">
      {([texts.who, texts.what, texts.why, texts.howLong] as const).map(({ question, answer }) => (
        <div key={question}>
          <dt>{question}</dt>
          <dd>{answer}</dd>
        </div>
      ))}
    </dl>
  );
}

function Details({ notice: { texts } }: { readonly notice: Notice }) {
  return (
    // A long text that scrolls must be reachable by keyboard too.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolling by keyboard needs the focus
    <section className="details" tabIndex={0} aria-label={texts.title}>
      <dl>
        {texts.details.map(({ question, answer }) => (
          <div key={question}>
            <dt>{question}</dt>
            <dd>{answer}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
