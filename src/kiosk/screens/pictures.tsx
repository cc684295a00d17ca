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

function Drawing({ name, width, height, children }: DrawingProps) {
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
function Person({ x, y, size = 1, look }: { x: number; y: number; size?: number; look: 'you' | 'others' }) {
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
export function OnlyYouPicture() {
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

/** A grown-up and a child beside each other. */
export function AgePicture() {
  return (
    <Drawing height={130} name="age" width={200}>
      <Person look="you" size={1.25} x={78} y={124} />
      <Person look="you" size={0.8} x={146} y={124} />
    </Drawing>
  );
}

/** Several people, each with a speech bubble of their own. */
export function PeoplePicture() {
  return (
    <Drawing height={130} name="people" width={240}>
      {[48, 120, 192].map((x) => (
        <g key={x}>
          <Person look="you" size={0.85} x={x} y={126} />
          <path
            className="picture-bubble"
            d={`M${x - 20} 12h40a6 6 0 0 1 6 6v14a6 6 0 0 1-6 6h-12l-8 9-8-9h-12a6 6 0 0 1-6-6V18a6 6 0 0 1 6-6z`}
          />
        </g>
      ))}
    </Drawing>
  );
}

/** A door that stands open: nothing is in the way. */
export function OpenDoorPicture() {
  return (
    <Drawing height={150} name="door" width={200}>
      <path className="picture-line" d="M58 132V30a10 10 0 0 1 10-10h64a10 10 0 0 1 10 10v102M30 132h140" />
      <path className="picture-fill picture-line" d="M58 132V28l48 16v104z" />
      <circle className="picture-knob" cx="95" cy="92" r="4" />
    </Drawing>
  );
}
