import type { Notice } from '#consent';
import { useTranslation } from '#i18n';
import { Button, Checkbox } from '#ui';
import type { AnswerOrder, VisitEvent } from '../visit/machine.ts';
import { Answers } from './answers.tsx';
import { CameraStatus } from './camera-status.tsx';
import { Frame, type LanguageChoice } from './frame.tsx';
import './choose.css';

interface ChooseProps {
  readonly notice: Notice;
  /** The second layer is open. */
  readonly isDetailed: boolean;
  readonly wantsDemographics: boolean;
  readonly answerOrder: AnswerOrder;
  /** Who is asked, of how many. */
  readonly person: number;
  readonly people: number;
  readonly shopName: string;
  readonly languageChoice: LanguageChoice;
  readonly send: (event: VisitEvent) => void;
}

/** The notice and the choice on one screen: four answers, one separate question, and two equal buttons. */
export function ChooseScreen({
  notice,
  isDetailed,
  wantsDemographics,
  answerOrder,
  person,
  people,
  shopName,
  languageChoice,
  send,
}: ChooseProps) {
  const { t } = useTranslation('kiosk');
  const { texts } = notice;
  return (
    <Frame
      actions={
        <Answers order={answerOrder}>
          <Button action="decline" onPress={() => send({ type: 'decline' })}>
            {texts.decline}
          </Button>
          <Button action="agree" onPress={() => send({ type: 'agree' })}>
            {texts.agree}
          </Button>
        </Answers>
      }
      languageChoice={languageChoice}
      shopName={shopName}
      step={isDetailed ? 'notice' : 'choose'}
      title={texts.title}
    >
      <div className="choose-body">
        {isDetailed ? <Details notice={notice} /> : <FirstLayer notice={notice} />}
        <div className="choose-side">
          {people > 1 ? (
            <p className="choose-person">{t('group.person', { person, people })}</p>
          ) : (
            <Checkbox
              action="demographics"
              description={texts.demographics.answer}
              isSelected={wantsDemographics}
              onChange={(wanted) => send({ type: 'demographics', wanted })}
              tag={texts.optional ?? t('choose.optional')}
            >
              {texts.demographics.question}
            </Checkbox>
          )}
          <CameraStatus isOn={false} label={t('choose.camera')} />
          <div className="choose-more">
            <Button action="details" look="plain" onPress={() => send({ type: 'details' })}>
              {isDetailed ? t('choose.lessDetails') : t('choose.details')}
            </Button>
            {person > 1 || isDetailed ? null : (
              <Button action="group" look="plain" onPress={() => send({ type: 'group' })}>
                {people > 1 ? t('group.title') : t('group.open')}
              </Button>
            )}
          </div>
        </div>
      </div>
    </Frame>
  );
}

/** Who, what, why and how long. */
export function FirstLayer({ notice: { texts } }: { readonly notice: Notice }) {
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
