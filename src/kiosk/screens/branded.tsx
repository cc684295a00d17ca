import { type ReactNode, useLayoutEffect } from 'react';
import type { Brand } from '#protocol';
import { brandShades } from '#ui';

interface BrandedProps {
  /** Undefined where the shop has none: then our own colour stays. */
  readonly brand: Brand | undefined;
  readonly children: ReactNode;
}

/** Screens in a shop's own colour, within the limits of what can be read. */
export function Branded({ brand, children }: BrandedProps) {
  const colour = brand?.colour;
  useLayoutEffect(() => {
    if (colour === undefined) return;
    const { style, dataset } = document.documentElement;
    const { bright, dark } = brandShades(colour);
    style.setProperty('--brand-bright', bright);
    style.setProperty('--brand-dark', dark);
    dataset.brand = 'own';
    return () => {
      style.removeProperty('--brand-bright');
      style.removeProperty('--brand-dark');
      delete dataset.brand;
    };
  }, [colour]);
  return children;
}
