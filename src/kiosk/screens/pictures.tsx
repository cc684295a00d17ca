/**
 * Our own drawings: one line weight, the tokens' colours and no text, so that they suit every language, surroundings and shop. Each only shows
 * what the words beside it say, so screen readers pass them over.
 */
import type { ReactNode } from 'react';
import './pictures.css';

interface DrawingProps {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly children: ReactNode;
}

/** One picture, as wide and high as its own measure. */
export function Drawing({ name, width, height, children }: DrawingProps) {
  return (
    <svg
      aria-hidden="true"
      className={`picture picture-${name}`}
      fill="none"
      strokeLinecap="round"
      strokeLinejoin="round"
      strokeWidth="5"
      viewBox={`0 0 ${width} ${height}`}
    >
      {children}
    </svg>
  );
}

/** A head and shoulders, standing on the line `y`. */
export function Person({
  x,
  y,
  size = 1,
  look,
}: {
  x: number;
  y: number;
  size?: number;
  look: 'you' | 'others';
}) {
  const at = `translate(${x} ${y}) scale(${size})`;
  return (
    <g className={`picture-${look}`} transform={at}>
      <path d="M-30 0v-14c0-18 13-29 30-29s30 11 30 29V0" />
      <circle cy="-62" r="15" />
    </g>
  );
}

/** The lens with its lid shut, and its light out. */
export function CameraOffPicture() {
  return (
    <Drawing height={150} name="off" width={200}>
      <rect className="picture-card" height="134" rx="30" width="184" x="8" y="8" />
      <circle className="picture-fill picture-line" cx="100" cy="75" r="46" />
      <path className="picture-lid" d="M58 70a46 46 0 0 1 84 0c-26 28-58 28-84 0z" />
      <path className="picture-line" d="M58 70c26 28 58 28 84 0M76 88l-7 11M100 91v14M124 88l7 11" />
      <circle className="picture-light" cx="168" cy="34" r="7" />
    </Drawing>
  );
}

/** The lens is open for whoever stands in the frame. Who stands outside it is not looked at. */
function OnlyYouPicture() {
  return (
    <Drawing height={150} name="on" width={200}>
      <rect className="picture-card" height="134" rx="30" width="184" x="8" y="8" />
      <Person look="others" size={0.75} x={34} y={124} />
      <Person look="others" size={0.75} x={166} y={124} />
      <path
        className="picture-frame"
        d="M66 40v-9a9 9 0 0 1 9-9h9M116 22h9a9 9 0 0 1 9 9v9M66 106v9a9 9 0 0 0 9 9h9M116 124h9a9 9 0 0 0 9-9v-9"
      />
      <Person look="you" size={0.92} x={100} y={118} />
      <circle className="picture-light picture-light-on" cx="168" cy="34" r="7" />
    </Drawing>
  );
}

/** The picture is gone, bit by bit; one more on the counter is all that stays. */
export function GonePicture() {
  return (
    <Drawing height={150} name="gone" width={200}>
      <rect className="picture-card" height="134" rx="30" width="184" x="8" y="8" />
      <g className="picture-dust">
        {[
          [64, 44],
          [40, 58],
          [86, 62],
          [58, 74],
          [36, 88],
          [80, 92],
          [60, 106],
          [96, 42],
          [100, 110],
        ].map(([x, y]) => (
          <circle cx={x} cy={y} key={`${x} ${y}`} r="4" />
        ))}
      </g>
      <path
        className="picture-frame"
        d="M30 44v-8a9 9 0 0 1 9-9h8M93 27h8a9 9 0 0 1 9 9v8M30 108v8a9 9 0 0 0 9 9h8M93 125h8a9 9 0 0 0 9-9v-8"
      />
      <path className="picture-line picture-plus" d="M134 76h16M142 68v16M162 66l8-6v34" />
    </Drawing>
  );
}

/** What happens, step by step: the camera is off, it is on for one person, and the picture is gone. */
export function StepPicture({ step }: { readonly step: 'off' | 'on' | 'gone' }) {
  if (step === 'off') return <CameraOffPicture />;
  return step === 'on' ? <OnlyYouPicture /> : <GonePicture />;
}
