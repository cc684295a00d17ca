type Address = Pick<Location, 'hash' | 'pathname' | 'search'>;

/** The token of a sign-in link, taken out of the address bar and the history, or null where there is none. Whoever made the link wrote it. */
export function takeToken(address: Address, history: Pick<History, 'replaceState'>): string | null {
  const token = address.hash.slice(1);
  if (token === '') return null;
  history.replaceState(null, '', address.pathname + address.search);
  return token;
}
