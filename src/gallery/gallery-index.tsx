import { languageName, languagesOf } from '#i18n';
import { type Place, SIZES, showPlace } from './place.ts';

interface GalleryIndexProps {
  readonly kiosk: readonly string[];
  readonly receipt: readonly string[];
  readonly place: Place;
}

/** Every story with a link to each size, and every language. */
export function GalleryIndex({ kiosk, receipt, place }: GalleryIndexProps) {
  return (
    <main className="gallery">
      <h1>Every screen</h1>
      <nav aria-label="Language" className="gallery-languages">
        {languagesOf('kiosk').map((tag) => (
          <a
            aria-current={tag === place.language ? 'true' : undefined}
            data-language={tag}
            href={showPlace({ ...place, language: tag })}
            key={tag}
            lang={tag}
          >
            {languageName(tag)}
          </a>
        ))}
      </nav>
      <Stories heading="The kiosk" place={place} stories={kiosk} />
      <Stories heading="The receipt on a phone" place={place} stories={receipt} />
    </main>
  );
}

interface StoriesProps {
  readonly heading: string;
  readonly stories: readonly string[];
  readonly place: Place;
}

function Stories({ heading, stories, place }: StoriesProps) {
  return (
    <section>
      <h2>{heading}</h2>
      <ul className="gallery-stories">
        {stories.map((story) => (
          <li key={story}>
            <a data-story={story} href={showPlace({ ...place, story })}>
              {story}
            </a>
            {SIZES.map((size) => (
              <a href={showPlace({ ...place, story, size })} key={size.width}>
                {size.width} × {size.height}
              </a>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
