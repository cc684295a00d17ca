import { Fragment, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { changeLanguage } from '#i18n';
import { kioskStories } from '#kiosk/gallery';
import type { KioskConfig } from '#protocol';
import { drawReceiptStory, receiptStories } from '#receipt/gallery';
import { GalleryIndex } from './gallery-index.tsx';
import { readPlace, showPlace } from './place.ts';
import { shopIn } from './shop.ts';
import './gallery.css';

/** One story alone where the address names one, else the list of all. Changing what stands after `#` shows another without loading anything anew. */
export function Gallery() {
  const [place, setPlace] = useState(() => readPlace(location));
  useEffect(() => {
    const read = () => setPlace(readPlace(location));
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);
  const { story, language, size } = place;
  const config = useShopIn(language);
  useEffect(() => {
    // Tests wait for these: everything on the page is then of this story and language.
    document.documentElement.dataset.story = config === null ? '' : (story ?? '');
    document.documentElement.dataset.language = config === null ? '' : language;
  }, [story, language, config]);

  if (config === null) return null;
  if (story === null) {
    return (
      <GalleryIndex kiosk={Object.keys(kioskStories)} place={place} receipt={Object.keys(receiptStories)} />
    );
  }
  if (size !== null) {
    const alone = `/gallery${showPlace({ ...place, size: null })}`;
    return (
      <iframe className="gallery-frame" height={size.height} src={alone} title={story} width={size.width} />
    );
  }
  return <Fragment key={`${story} ${language}`}>{draw(story, config, language)}</Fragment>;
}

function draw(story: string, config: KioskConfig, language: string): ReactNode {
  const kiosk = kioskStories[story];
  if (kiosk !== undefined) return kiosk({ config, language });
  return story in receiptStories ? (
    <PhoneStory language={language} story={story} />
  ) : (
    <p>There is no story “{story}”.</p>
  );
}

/** The phone's page is not drawn by React, so it gets an element of its own. */
function PhoneStory({ story, language }: { readonly story: string; readonly language: string }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(
    () => (place.current === null ? undefined : drawReceiptStory(story, language, place.current)),
    [story, language],
  );
  return <div className="gallery-phone" ref={place} />;
}

/** The shop of the gallery with its notice in a language, once the page speaks that language. */
function useShopIn(language: string): KioskConfig | null {
  const [ready, setReady] = useState<{ readonly language: string; readonly config: KioskConfig } | null>(
    null,
  );
  useEffect(() => {
    let isCurrent = true;
    void load(language).then((config) => isCurrent && setReady({ language, config }));
    return () => {
      isCurrent = false;
    };
  }, [language]);
  return ready?.language === language ? ready.config : null;
}

async function load(language: string): Promise<KioskConfig> {
  await changeLanguage('receipt', language);
  await changeLanguage('kiosk', language);
  return shopIn(language);
}
