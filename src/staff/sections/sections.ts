import { type ComponentType, lazy } from 'react';
import { type SessionAnswer, STAFF_ROLES, type StaffRole } from '#protocol';
import type { ShopId } from '#values';
import type { StaffClient } from '../server-client.ts';
import { TodayScreen } from '../today/today-screen.tsx';

/** What every section of the staff screen is given. */
export interface SectionProps {
  readonly client: StaffClient;
  readonly shops: SessionAnswer['shops'];
  /** The one of them that is shown. */
  readonly shop: SessionAnswer['shops'][number];
  readonly onShop: (shopId: ShopId) => void;
  /** A shop has a new name, or there is one more. */
  readonly onShopsChanged: () => void;
  readonly role: StaffRole;
  readonly onSignedOut: () => void;
  readonly onSection: (section: SectionId) => void;
}

interface Section {
  /** Its word is `sections.{id}` in the texts. */
  readonly id: SectionId;
  readonly roles: readonly StaffRole[];
  readonly Screen: ComponentType<SectionProps>;
}

export type SectionId = 'today' | 'kiosks' | 'shop' | 'people' | 'inspection' | 'retention' | 'check';

const OFFICERS: readonly StaffRole[] = ['officer', 'administrator'];
const ADMINISTRATORS: readonly StaffRole[] = ['administrator'];

/** In the order of the header. What only officers see is loaded when they open it; the server refuses it to others by itself. */
export const SECTIONS: readonly Section[] = [
  { id: 'today', roles: STAFF_ROLES, Screen: TodayScreen },
  {
    id: 'kiosks',
    roles: OFFICERS,
    Screen: lazy(async () => ({ default: (await import('../kiosks/kiosks-screen.tsx')).KiosksScreen })),
  },
  {
    id: 'shop',
    roles: OFFICERS,
    Screen: lazy(async () => ({ default: (await import('../shop/shop-screen.tsx')).ShopScreen })),
  },
  {
    id: 'people',
    roles: ADMINISTRATORS,
    Screen: lazy(async () => ({ default: (await import('../people/people-screen.tsx')).PeopleScreen })),
  },
  {
    id: 'inspection',
    roles: OFFICERS,
    Screen: lazy(async () => ({
      default: (await import('../inspection/inspection-screen.tsx')).InspectionScreen,
    })),
  },
  {
    id: 'retention',
    roles: OFFICERS,
    Screen: lazy(async () => ({
      default: (await import('../retention/retention-screen.tsx')).RetentionScreen,
    })),
  },
  {
    id: 'check',
    roles: OFFICERS,
    Screen: lazy(async () => ({
      default: (await import('../check-file/check-file-screen.tsx')).CheckFileScreen,
    })),
  },
];
