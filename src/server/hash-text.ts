import { hash } from 'node:crypto';
import type { HashText, Sha256 } from '#values';

/** The hashing of this runtime: ten times as fast as one in JavaScript. */
export const hashText: HashText = (text) => hash('sha256', text) as Sha256;
