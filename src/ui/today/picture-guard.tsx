import { Component, type ReactNode } from 'react';

/** A picture that cannot be loaded, as after an update of the server, takes nothing else with it: the figures and the table stay. */
export class PictureGuard extends Component<
  { readonly children: ReactNode },
  { readonly hasFailed: boolean }
> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    return this.state.hasFailed ? null : this.props.children;
  }
}
