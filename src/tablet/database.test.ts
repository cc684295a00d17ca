import { expect, it, vi } from 'vitest';
import { beginWrite, type Database } from './database.ts';

it('asks for each write to be on disk before it counts as done', () => {
  const transaction = vi.fn();
  beginWrite({ transaction } as unknown as Database);
  expect(transaction).toHaveBeenCalledExactlyOnceWith(expect.anything(), 'readwrite', {
    durability: 'strict',
  });
});
