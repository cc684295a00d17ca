/** The drawings of a visit, which the first screen does without. */
import { Drawing, Person } from './pictures.tsx';

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
