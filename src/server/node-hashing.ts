import { createHash, hash } from 'node:crypto';
import type { Checking, Hashing } from '#inspection';
import type { Sha256 } from '#values';
import { nodeSignatures } from './node-signatures.ts';

/** The hashing of this runtime: ten times as fast as one in JavaScript. */
export const nodeHashing: Hashing = {
  sha256OfBytes: (bytes) => hash('sha256', bytes) as Sha256,
  sha256Stream: () => {
    const stream = createHash('sha256');
    return { update: (bytes) => void stream.update(bytes), digest: () => stream.digest('hex') as Sha256 };
  },
};

/** Checking with this runtime's hashing, and signatures on all of its cores. */
export const nodeChecking: Checking = { ...nodeHashing, signatures: nodeSignatures };
