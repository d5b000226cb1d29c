import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A token from outside must be able to hold 128 bits: 22 characters of base64url. */
const TOKEN_PATTERN = /^[A-Za-z0-9_-]{22,256}$/;
const SESSION_LIMIT = 64;

export const makeToken = (): string => randomBytes(24).toString('base64url');
export const isStrongToken = (token: string): boolean => TOKEN_PATTERN.test(token);

/**
 * Who may use a server. The printed token opens a session: a browser hands it over once and holds a
 * cookie from then on. The token stays good until the server ends, so that the printed line also
 * opens a second browser; token and sessions live in memory only and die with the process.
 */
export interface Sessions {
  /** The cookie to set where `token` is right; null where it is wrong. */
  open(token: string): string | null;
  /** Whether a request's `Cookie` header names an open session. */
  isOpen(cookieHeader: string | undefined): boolean;
}

/** `cookieName` differs per port, because browsers share cookies between the ports of a host. */
export function createSessions(token: string, cookieName: string): Sessions {
  const expected = digest(token);
  let sessions: Buffer[] = [];
  return {
    open(candidate) {
      if (!timingSafeEqual(digest(candidate), expected)) return null;
      const id = randomBytes(32).toString('base64url');
      sessions = [...sessions, digest(id)].slice(-SESSION_LIMIT);
      return `${cookieName}=${id}; Path=/; HttpOnly; SameSite=Strict`;
    },
    isOpen(cookieHeader) {
      const ids = cookieValues(cookieHeader, cookieName).map(digest);
      let open = false;
      for (const id of ids) for (const session of sessions) if (timingSafeEqual(id, session)) open = true;
      return open;
    },
  };
}

/** Equal lengths for the comparison, whatever the length of what was sent. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

function cookieValues(header: string | undefined, name: string): string[] {
  return (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
    .slice(0, 4)
    .map((part) => part.slice(name.length + 1));
}
