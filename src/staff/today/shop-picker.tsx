import { useTranslation } from '#i18n';
import type { SessionAnswer } from '#protocol';
import type { ShopId } from '#values';
import './shop-picker.css';

interface ShopPickerProps {
  readonly shops: SessionAnswer['shops'];
  readonly shopId: ShopId;
  readonly onShop: (shopId: ShopId) => void;
}

/** The browser's own list: it is at home on a phone as on a laptop, with two shops as with two hundred. */
export function ShopPicker({ shops, shopId, onShop }: ShopPickerProps) {
  const { t } = useTranslation('staff');
  return (
    <label className="shop-picker">
      {t('shop')}
      <select onChange={(event) => onShop(event.target.value as ShopId)} value={shopId}>
        {shops.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
