import { useState } from 'react';
import { useTranslation } from '#i18n';
import { Button } from '#ui';
import { Frame } from './frame.tsx';
import './pairing.css';

/** The first start of a real kiosk: an administrator types the code that the server gave. */
export function PairingScreen({
  hasFailed,
  onCode,
}: {
  readonly hasFailed: boolean;
  readonly onCode: (code: string) => void;
}) {
  const { t } = useTranslation('kiosk');
  const [code, setCode] = useState('');
  return (
    <Frame step="resting" title={t('pairing.title')}>
      <p className="message-body">{t('pairing.body')}</p>
      <label className="pairing-field">
        {t('pairing.code')}
        <input
          autoCapitalize="off"
          autoComplete="off"
          onChange={(event) => setCode(event.target.value)}
          spellCheck={false}
          value={code}
        />
      </label>
      {hasFailed ? <p role="alert">{t('pairing.wrong')}</p> : null}
      <div className="message-button">
        <Button action="connect" isDisabled={code.trim() === ''} onPress={() => onCode(code.trim())}>
          {t('pairing.connect')}
        </Button>
      </div>
    </Frame>
  );
}
