/** The phone's screens for the gallery. Apart from `#receipt`, so that no phone ever loads them. */
export { drawReceiptStory, receiptStories } from './stories.tsx';
