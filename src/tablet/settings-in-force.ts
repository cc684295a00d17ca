import type { KioskConfig } from '#protocol';

/** The settings that the kiosk works with. What a visitor has read holds until the visit ends, whatever comes from the server meanwhile. */
export interface SettingsInForce {
  readonly current: () => KioskConfig;
  /** New settings: in force at once, or once the visit that is running has ended. */
  readonly take: (config: KioskConfig) => void;
  readonly beginVisit: () => void;
  readonly endVisit: () => void;
  readonly isVisiting: () => boolean;
}

export function settingsInForce(first: KioskConfig, onAdopted: () => void): SettingsInForce {
  let inForce = first;
  let waiting: KioskConfig | null = null;
  let isVisiting = false;

  function adopt(): void {
    if (waiting === null || isVisiting) return;
    inForce = waiting;
    waiting = null;
    onAdopted();
  }

  return {
    current: () => inForce,
    take: (config) => {
      waiting = config;
      adopt();
    },
    beginVisit: () => {
      isVisiting = true;
    },
    endVisit: () => {
      isVisiting = false;
      adopt();
    },
    isVisiting: () => isVisiting,
  };
}
