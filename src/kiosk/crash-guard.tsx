import { Component, type ReactNode } from 'react';
import { noteCrash } from './crash-note.ts';
import { reloadSoon } from './reload-soon.ts';
import { RestingScreen } from './screens/resting.tsx';

interface CrashGuardProps {
  readonly children: ReactNode;
}

/**
 * A bug of ours, or a part of the program that did not come, becomes a kiosk that rests and begins anew, and not an empty screen. A visit ends
 * with its screens, and closes a camera that is open. React offers this to classes alone.
 */
export class CrashGuard extends Component<CrashGuardProps, { readonly hasCrashed: boolean }> {
  override state = { hasCrashed: false };

  static getDerivedStateFromError() {
    return { hasCrashed: true };
  }

  override componentDidCatch(): void {
    noteCrash();
    reloadSoon();
  }

  override render(): ReactNode {
    return this.state.hasCrashed ? <RestingScreen reason="crashed" /> : this.props.children;
  }
}
