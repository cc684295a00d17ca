import './camera-status.css';

/** Says in words and shows with a light whether the camera is on. */
export function CameraStatus({ isOn, label }: { readonly isOn: boolean; readonly label: string }) {
  return (
    <p className="camera-status" data-on={isOn} role="status">
      <svg aria-hidden="true" fill="none" height="32" viewBox="0 0 32 32" width="32">
        <rect height="18" rx="4" stroke="currentColor" strokeWidth="2.5" width="18" x="3" y="7" />
        <path d="M21 14l8-5v14l-8-5" stroke="currentColor" strokeLinejoin="round" strokeWidth="2.5" />
        {isOn ? null : <path d="M4 29L28 3" stroke="currentColor" strokeLinecap="round" strokeWidth="3" />}
      </svg>
      {label}
    </p>
  );
}
