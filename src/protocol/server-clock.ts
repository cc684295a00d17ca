/** The server's time, in every answer to a tablet. */
export const SERVER_TIME_HEADER = 'x-server-time';

/** Beside the time, only where the server would delete by it itself: a server that says nothing is taken at its word for nothing that cannot be undone. */
export const SERVER_CLOCK_HEADER = 'x-server-clock';
export const CLOCK_BELIEVED = 'believed';
