import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from '#i18n';
import type { KioskStatus } from '#protocol';
import { Button } from '#ui';
import { SECOND_MS } from '#values';
import type { StaffFault } from '../faults.ts';
import type { SectionProps } from '../sections/sections.ts';
import { ShopPicker } from '../today/shop-picker.tsx';
import { useAnswer } from '../use-answer.ts';
import { KioskRow } from './kiosk-row.tsx';
import { LetIn } from './let-in.tsx';
import { useKioskName } from './use-kiosk-name.ts';
import './kiosks.css';

/** A tablet that was just let in shows soon, while somebody stands before it. */
const AGAIN_MS = 10 * SECOND_MS;

/** For officers and administrators: the tablets of a shop, one to be shut out, one to be let in. */
export function KiosksScreen({ client, shops, shop, onShop, role, onSignedOut }: SectionProps) {
  return (
    <>
      {shops.length > 1 ? <ShopPicker onShop={onShop} shopId={shop.id} shops={shops} /> : null}
      <KiosksOfShop
        client={client}
        isAdministrator={role === 'administrator'}
        key={shop.id}
        onSignedOut={onSignedOut}
        shop={shop}
      />
    </>
  );
}

/** Those that were shut out are only there to be seen. */
function byUse(one: KioskStatus, other: KioskStatus): number {
  return Number(one.condition === 'revoked') - Number(other.condition === 'revoked');
}

interface KiosksOfShopProps extends Pick<SectionProps, 'client' | 'shop' | 'onSignedOut'> {
  readonly isAdministrator: boolean;
}

function KiosksOfShop({ client, shop, isAdministrator, onSignedOut }: KiosksOfShopProps) {
  const { t } = useTranslation('staff');
  const nameOf = useKioskName();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const ask = useCallback(() => client.today(shop.id), [client, shop.id]);
  const { answer, fault, load } = useAnswer(ask, AGAIN_MS, onSignedOut);
  const kiosks = answer?.today.kiosks ?? null;
  const [said, setSaid] = useState<{ readonly done: string } | { readonly fault: StaffFault } | null>(null);

  async function shutOut({ id, name }: KioskStatus): Promise<void> {
    const done = await client.revokeKiosk(shop.id, id);
    if (!done.ok && done.reason === 'not-signed-in') return onSignedOut();
    setSaid(done.ok ? { done: nameOf(name) } : { fault: done.reason });
    load();
  }

  return (
    <div className="kiosks">
      <div className="kiosks-heading">
        <h1 ref={heading} tabIndex={-1}>
          {t('kiosks.manage.title', { shop: shop.name })}
        </h1>
        <p>{t('kiosks.manage.lead')}</p>
      </div>
      {fault === null ? null : (
        <div className="staff-alert kiosks-fault" role="alert">
          <p>{t(`fault.${fault}`)}</p>
          <Button action="try-again" onPress={load}>
            {t('tryAgain')}
          </Button>
        </div>
      )}
      <p className="kiosks-said" role="status">
        {said === null
          ? ''
          : 'done' in said
            ? t('kiosks.manage.done', { name: said.done })
            : t(`fault.${said.fault}`)}
      </p>
      {kiosks?.length === 0 ? <p className="kiosks-none">{t('kiosks.none')}</p> : null}
      <ul>
        {(kiosks ?? []).toSorted(byUse).map((kiosk) => (
          <KioskRow key={kiosk.id} kiosk={kiosk} onShutOut={() => shutOut(kiosk)} />
        ))}
      </ul>
      {isAdministrator ? <LetIn client={client} onSignedOut={onSignedOut} shopId={shop.id} /> : null}
    </div>
  );
}
