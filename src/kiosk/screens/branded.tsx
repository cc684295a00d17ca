import { createContext, type ReactNode, useContext, useEffect, useLayoutEffect, useState } from 'react';
import type { Brand } from '#protocol';
import { brandShades, Logo } from '#ui';
import { base64UrlToBytes } from '#values';

interface BrandedProps {
  /** Undefined where the shop has none: then our own look stays. */
  readonly brand: Brand | undefined;
  readonly children: ReactNode;
}

/** Sharp at the height that it has on a screen of two pixels to one. */
const LOGO_HEIGHT = 112;

const LogoPicture = createContext<ImageBitmap | null>(null);

/** Screens in a shop's own colour, within the limits of what can be read, and with its logo. */
export function Branded({ brand, children }: BrandedProps) {
  useColour(brand?.colour);
  return <LogoPicture value={useLogo(brand?.logo)}>{children}</LogoPicture>;
}

/** The shop's logo, or our mark where it has none. Decoration beside the shop's name, so it is hidden from screen readers. */
export function ShopLogo() {
  const picture = useContext(LogoPicture);
  if (picture === null) return <Logo size={44} />;
  const draw = (canvas: HTMLCanvasElement | null): void => {
    canvas?.getContext('2d')?.drawImage(picture, 0, 0);
  };
  return (
    <canvas aria-hidden className="kiosk-logo" height={picture.height} ref={draw} width={picture.width} />
  );
}

/** The colours of all who are on the page. For a moment there are two: the first screen, and the one that takes its place. */
const worn: { readonly colour: string }[] = [];

function useColour(colour: string | undefined): void {
  useLayoutEffect(() => {
    if (colour === undefined) return;
    const own = { colour };
    worn.push(own);
    wearLast();
    return () => {
      worn.splice(worn.indexOf(own), 1);
      wearLast();
    };
  }, [colour]);
}

function wearLast(): void {
  const { style, dataset } = document.documentElement;
  const last = worn.at(-1);
  if (last === undefined) {
    style.removeProperty('--brand-bright');
    style.removeProperty('--brand-dark');
    delete dataset.brand;
    return;
  }
  const { bright, dark } = brandShades(last.colour);
  style.setProperty('--brand-bright', bright);
  style.setProperty('--brand-dark', dark);
  dataset.brand = 'own';
}

/** Decoded once for all screens, from the bytes that came with the settings: no network, and no address that the policy would have to allow. */
function useLogo(logo: string | undefined): ImageBitmap | null {
  const [picture, setPicture] = useState<ImageBitmap | null>(null);
  useEffect(() => {
    const bytes = logo === undefined ? null : base64UrlToBytes(logo);
    if (bytes === null) return setPicture(null);
    let isCurrent = true;
    createImageBitmap(new Blob([bytes]), { resizeHeight: LOGO_HEIGHT, resizeQuality: 'high' }).then(
      (decoded) => isCurrent && setPicture(decoded),
      // A file that only begins like a picture: our mark stays.
      () => isCurrent && setPicture(null),
    );
    return () => {
      isCurrent = false;
    };
  }, [logo]);
  return picture;
}
