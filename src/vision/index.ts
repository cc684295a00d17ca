/**
 * Vision: the face-api.js worker. Loads and warms the two networks, finds faces, estimates age and gender where that was agreed to, tells what stirs, and ends with each look.
 * Imports `values` alone. Gets frames that are already cut to the consent window; never opens a camera, never stores or sends a picture,
 * and has no network that could recognise anybody.
 */
export { startVision, type Vision } from './client.ts';
export type { VisionReport, WatchedFace } from './messages.ts';
