import 'i18next';
import type kiosk from './locales/en/kiosk.json';
import type receipt from './locales/en/receipt.json';
import type staff from './locales/en/staff.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { kiosk: typeof kiosk; staff: typeof staff; receipt: typeof receipt };
    defaultNS: 'kiosk';
  }
}
