import { Component, type ReactNode } from 'react';

interface CrashGuardProps {
  readonly title: string;
  readonly body: string;
  readonly children: ReactNode;
}

/** A bug of ours becomes a sentence and not an empty page. React offers this to classes alone. */
export class CrashGuard extends Component<CrashGuardProps, { readonly hasCrashed: boolean }> {
  override state = { hasCrashed: false };

  static getDerivedStateFromError() {
    return { hasCrashed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasCrashed) return this.props.children;
    return (
      <main className="staff-main">
        <h1>{this.props.title}</h1>
        <p>{this.props.body}</p>
      </main>
    );
  }
}
