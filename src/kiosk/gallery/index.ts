/** The kiosk's screens for the gallery. Apart from `#kiosk`, so that no kiosk ever loads them. */
export { kioskStories } from './stories.tsx';
