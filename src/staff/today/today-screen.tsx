import type { SectionProps } from '../sections/sections.ts';
import { TakeBack } from '../take-back/take-back.tsx';
import { ShopPicker } from './shop-picker.tsx';
import { ShopToday } from './shop-today.tsx';

/** Today of one of the person's shops. */
export function TodayScreen({ client, shops, shop, onShop, onSignedOut }: SectionProps) {
  return (
    <>
      {shops.length > 1 ? <ShopPicker onShop={onShop} shopId={shop.id} shops={shops} /> : null}
      <ShopToday client={client} key={shop.id} onSignedOut={onSignedOut} shop={shop} />
      <TakeBack client={client} />
    </>
  );
}
