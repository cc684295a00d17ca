/**
 * UI: design tokens and the few components that all screens share. Imports `values`, `consent`, `counting` and `i18n` alone.
 * Never knows a visit, a server or a store; what it shows comes in as properties.
 */
import './look.ts';

export { brandShades } from './brand.ts';
export { Button, type ButtonProps } from './button.tsx';
export { Checkbox, type CheckboxProps } from './checkbox.tsx';
export { Logo } from './logo.tsx';
