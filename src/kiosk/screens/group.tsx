import { formatNumber, useTranslation } from '#i18n';
import { Button } from '#ui';
import { MOST_PEOPLE, type VisitEvent } from '../visit/machine.ts';
import { Frame, type LanguageChoice } from './frame.tsx';
import { PeoplePicture } from './visit-pictures.tsx';
import './group.css';

const SMALLEST_GROUP = 2;
const SIZES = Array.from({ length: MOST_PEOPLE - SMALLEST_GROUP + 1 }, (_, index) => SMALLEST_GROUP + index);

interface GroupProps {
  readonly shopName: string;
  readonly languageChoice: LanguageChoice;
  readonly send: (event: VisitEvent) => void;
}

/** How many came together. Nobody answers for another, and the screen says so before anybody is asked. */
export function GroupScreen({ shopName, languageChoice, send }: GroupProps) {
  const { t } = useTranslation('kiosk');
  return (
    <Frame
      actions={
        <Button action="alone" look="plain" onPress={() => send({ type: 'people', count: 1 })}>
          {t('group.alone')}
        </Button>
      }
      languageChoice={languageChoice}
      look="group"
      shopName={shopName}
      step="choose"
      title={t('group.title')}
    >
      <PeoplePicture />
      <p className="message-body">{t('group.body')}</p>
      <div className="group-sizes">
        {SIZES.map((count) => (
          <Button action={`people-${count}`} key={count} onPress={() => send({ type: 'people', count })}>
            {formatNumber(count, languageChoice.language)}
          </Button>
        ))}
      </div>
    </Frame>
  );
}
