/** @jsxImportSource preact */

import type { ServerFault } from '../server-client.ts';
import { useTranslation } from '../use-translation.ts';

/** Why the server did not answer, and that nobody has to do anything about it here. */
export function Trouble({ fault }: { readonly fault: ServerFault }) {
  const { t } = useTranslation();
  return (
    <>
      <p>{t(`fault.${fault}`)}</p>
      <p>{t('fault.again')}</p>
    </>
  );
}
