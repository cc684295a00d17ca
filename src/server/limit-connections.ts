import { BlockList, isIPv6, type Server, type Socket } from 'node:net';

/** Closes what one address opens beyond its share, at once, so that nobody can use up the places of all others. A trusted proxy has no share. */
export function limitConnections(server: Server, most: number, trustedProxies: readonly string[]): void {
  const open = new Map<string, number>();
  const trusted = blockListOf(trustedProxies);
  server.on('connection', (socket: Socket) => {
    const address = plain(socket.remoteAddress ?? '');
    if (trusted.check(address, familyOf(address))) return;
    const share = shareOf(address);
    const count = open.get(share) ?? 0;
    if (count >= most) {
      socket.destroy();
      return;
    }
    open.set(share, count + 1);
    socket.once('close', () => {
      const left = (open.get(share) ?? 1) - 1;
      if (left === 0) open.delete(share);
      else open.set(share, left);
    });
  });
}

/** Groups of 16 bits: an address of IPv6 has eight, and whoever is given any is given all that begin with the same four (RFC 6177). */
const GROUPS = 8;
const GROUPS_OF_ONE_SITE = 4;

/** Whose connections are counted together: those of an IPv4 address, or of a /64 of IPv6, as the limit on requests has it. */
export function shareOf(address: string): string {
  const known = plain(address);
  if (!isIPv6(known)) return known;
  // The zone of a link-local address says on which wire it is (RFC 4007), and not whose.
  const [withoutZone = ''] = known.split('%', 1);
  const [before = [], after = []] = withoutZone
    .split('::')
    .map((half) => half.split(':').filter((group) => group !== ''));
  const zeros = Array.from({ length: GROUPS - before.length - after.length }, () => '0');
  const site = [...before, ...zeros, ...after].slice(0, GROUPS_OF_ONE_SITE);
  return site.map((group) => Number.parseInt(group, 16).toString(16)).join(':');
}

/** An IPv4 address as itself, also where the system writes it as IPv6 (RFC 4291, section 2.5.5.2). */
function plain(address: string): string {
  return address.replace(/^::ffff:/, '');
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}

function blockListOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    if (bits === undefined) list.addAddress(address, familyOf(address));
    else list.addSubnet(address, Number(bits), familyOf(address));
  }
  return list;
}
