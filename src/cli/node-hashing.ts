/** The server's hashing for the folders below, from which the server may not be reached. */
export { hashText as nodeSha256 } from '../server/hash-text.ts';
export { nodeChecking } from '../server/node-checking.ts';
export { nodeHashing } from '../server/node-hashing.ts';
