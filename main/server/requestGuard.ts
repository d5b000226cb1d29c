import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

export type GuardRefusal = 'wrong-host' | 'wrong-origin';

/**
 * Judges where a request claims to go (`Host`) and where it comes from (`Origin`). A site that has
 * its own name resolve to this machine sends its own name as Host; a page of another site, or of
 * another port, sends its own Origin. Returns null for a request that may pass.
 */
export type RequestGuard = (request: IncomingMessage) => GuardRefusal | null;

const LOOPBACK_HOSTS = ['127.0.0.1', 'localhost', '[::1]'];
const WILDCARDS = new Set(['0.0.0.0', '::']);

/** `host` is the address listened on. Names other than `localhost` are never accepted. */
export function createRequestGuard(host: string, port: number): RequestGuard {
  const allowed = new Set(
    [...LOOPBACK_HOSTS, ...servedAddresses(host)].flatMap((name) =>
      port === 80 ? [name, `${name}:80`] : [`${name}:${port}`],
    ),
  );
  return (request) => {
    const named = request.headers.host?.toLowerCase();
    if (named === undefined || !allowed.has(named)) return 'wrong-host';
    const { origin } = request.headers;
    if (origin !== undefined && origin.toLowerCase() !== `http://${named}`) return 'wrong-origin';
    return null;
  };
}

/** The addresses by which the listening socket can be reached, as they stand in a URL. */
function servedAddresses(host: string): readonly string[] {
  const addresses = WILDCARDS.has(host)
    ? Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address))
    : [host];
  return addresses.filter((address) => isIP(address) !== 0).map(urlHost);
}

/** An address as it stands in a URL: IPv6 in brackets. */
export const urlHost = (address: string): string => (isIP(address) === 6 ? `[${address}]` : address);
