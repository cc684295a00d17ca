import './shut-lens.css';

/** A drawing of a lens with its lid shut: the camera is off. The words beside it say the same. */
export function ShutLens() {
  return (
    <svg aria-hidden="true" className="shut-lens" fill="none" viewBox="0 0 240 160">
      <rect fill="var(--accent-soft)" height="148" rx="36" width="228" x="6" y="6" />
      <circle cx="120" cy="80" fill="var(--card)" r="54" stroke="var(--accent)" strokeWidth="6" />
      <path d="M72 80a54 54 0 0 0 96 0" fill="var(--accent)" opacity="0.14" />
      <path
        d="M78 82c12 16 26 24 42 24s30-8 42-24"
        stroke="var(--accent)"
        strokeLinecap="round"
        strokeWidth="7"
      />
      <path
        d="M92 100l-8 12M120 107v14M148 100l8 12"
        stroke="var(--accent)"
        strokeLinecap="round"
        strokeWidth="6"
      />
      <circle className="shut-lens-light" cx="206" cy="34" fill="var(--line)" r="7" />
    </svg>
  );
}
