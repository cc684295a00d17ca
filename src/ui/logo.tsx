/** The mark: an open lens with a question inside. Decoration beside a name, so it is hidden from screen readers. */
export function Logo({ size = 40 }: { readonly size?: number }) {
  return (
    <svg aria-hidden="true" fill="none" height={size} viewBox="0 0 48 48" width={size}>
      <rect fill="var(--accent)" height="44" rx="12" width="44" x="2" y="2" />
      <path
        d="M17 19a7 7 0 1 1 10.6 6c-2.2 1.3-3.6 2.4-3.6 5"
        stroke="var(--accent-ink)"
        strokeLinecap="round"
        strokeWidth="4"
      />
      <circle cx="24" cy="36.5" fill="var(--accent-ink)" r="2.6" />
    </svg>
  );
}
