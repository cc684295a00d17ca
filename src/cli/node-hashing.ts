/** The server's hashing for the folders below, from which the server may not be reached. */
export { nodeHashing } from '../server/node-hashing.ts';
