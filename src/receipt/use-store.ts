import { useEffect, useState } from 'preact/hooks';

/** What a store holds. What uses it is drawn again when that changes. */
export function useStore<State>(onChange: (listener: () => void) => () => void, read: () => State): State {
  const [state, setState] = useState(read);
  useEffect(() => {
    const take = () => setState(() => read());
    // It may have changed between the drawing and now.
    take();
    return onChange(take);
  }, [onChange, read]);
  return state;
}
