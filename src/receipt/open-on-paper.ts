/** What is needed of a `<details>`. */
interface Folded {
  open: boolean;
}

/** Opens a part while the page is printed, since what is folded on the screen would be missing on paper. Gives what ends that. */
export function openOnPaper(part: Folded, page: EventTarget): () => void {
  let wasOpen = false;
  const open = () => {
    wasOpen = part.open;
    part.open = true;
  };
  const close = () => {
    part.open = wasOpen;
  };
  page.addEventListener('beforeprint', open);
  page.addEventListener('afterprint', close);
  return () => {
    page.removeEventListener('beforeprint', open);
    page.removeEventListener('afterprint', close);
  };
}
