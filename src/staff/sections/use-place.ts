import { useEffect, useState } from 'react';
import { type Place, readPlace, writePlace } from './place.ts';

/** Which section and which shop a person is in. It stands in the address bar, so that loading the page anew or a bookmark leads back. */
export function usePlace(): { readonly place: Place; readonly go: (change: Partial<Place>) => void } {
  const [place, setPlace] = useState(() => readPlace(location.search));
  useEffect(() => {
    history.replaceState(null, '', location.pathname + writePlace(place));
  }, [place]);
  return { place, go: (change) => setPlace((before) => ({ ...before, ...change })) };
}
