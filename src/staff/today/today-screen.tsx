import { useState } from 'react';
import type { SessionAnswer } from '#protocol';
import type { ShopId } from '#values';
import type { StaffClient } from '../server-client.ts';
import { TakeBack } from '../take-back/take-back.tsx';
import { ShopPicker } from './shop-picker.tsx';
import { ShopToday } from './shop-today.tsx';

interface TodayScreenProps {
  readonly client: StaffClient;
  readonly shops: SessionAnswer['shops'];
  readonly onSignedOut: () => void;
}

/** Today of one of the person's shops. */
export function TodayScreen({ client, shops, onSignedOut }: TodayScreenProps) {
  const [chosen, setChosen] = useState<ShopId | null>(null);
  const shop = shops.find(({ id }) => id === chosen) ?? shops[0];
  if (shop === undefined) return null;
  return (
    <>
      {shops.length > 1 ? <ShopPicker onShop={setChosen} shopId={shop.id} shops={shops} /> : null}
      <ShopToday client={client} key={shop.id} onSignedOut={onSignedOut} shop={shop} />
      <TakeBack client={client} />
    </>
  );
}
