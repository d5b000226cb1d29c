import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Route, type RouteId, routes } from '#main/server/routes.ts';
import {
  type Answer,
  ask,
  openSession,
  type ServerFixture,
  startFixture,
  TOKEN,
  upgradeHeaders,
} from './serverFixture.ts';

/** A path that each route serves. A new route fails here until it is classified. */
const samplePaths: Readonly<Record<RouteId, string>> = {
  socket: '/ws',
  page: '/',
  file: '/assets/app-1a2b.js',
};
const classified: Readonly<Record<RouteId, Route['access']>> = {
  socket: 'session',
  page: 'token-or-session',
  file: 'session',
};

let fixture: ServerFixture;
let cookie: string;
beforeAll(async () => {
  fixture = await startFixture();
  cookie = await openSession(fixture);
});
afterAll(() => fixture.end());

const hostCases = (authority: string, port: number) => [
  { name: 'the address served', host: authority, passes: true },
  { name: 'localhost', host: `localhost:${port}`, passes: true },
  { name: 'IPv6 loopback', host: `[::1]:${port}`, passes: true },
  { name: 'another port', host: `127.0.0.1:${port + 1}`, passes: false },
  { name: 'no port', host: '127.0.0.1', passes: false },
  { name: 'a rebound name', host: `evil.example:${port}`, passes: false },
  { name: 'a look-alike', host: `127.0.0.1.evil.example:${port}`, passes: false },
  { name: 'credentials', host: `x@127.0.0.1:${port}`, passes: false },
  { name: 'nothing', host: '', passes: false },
];
const originCases = (authority: string, port: number) => [
  { name: 'absent', origin: undefined, passes: true },
  { name: 'the page', origin: 'same', passes: true },
  { name: 'null', origin: 'null', passes: false },
  { name: 'another site', origin: 'https://evil.example', passes: false },
  { name: 'another port', origin: `http://127.0.0.1:${port + 1}`, passes: false },
  { name: 'another scheme', origin: `https://${authority}`, passes: false },
  { name: 'a look-alike', origin: `http://${authority}.evil.example`, passes: false },
];
type Credentials = 'none' | 'wrong token' | 'right token' | 'wrong cookie' | 'cookie';

function expectedStatus(route: Route, credentials: Credentials): number {
  if (credentials === 'cookie') return route.upgrade ? 101 : 200;
  if (route.access === 'token-or-session') {
    if (credentials === 'right token') return 303;
    if (credentials === 'wrong token') return 403;
  }
  return 401;
}

function send(
  route: Route,
  host: string,
  origin: string | undefined,
  credentials: Credentials,
): Promise<Answer> {
  const query =
    credentials === 'right token' ? `?token=${TOKEN}` : credentials === 'wrong token' ? '?token=wrong' : '';
  const cookies: Partial<Record<Credentials, string>> = {
    cookie,
    'wrong cookie': `${cookie.split('=')[0]}=${'A'.repeat(43)}`,
  };
  const sent = cookies[credentials];
  return ask({
    port: fixture.server.port,
    path: samplePaths[route.id as RouteId] + query,
    headers: {
      Host: host,
      ...(origin === undefined ? {} : { Origin: origin === 'same' ? `http://${host}` : origin }),
      ...(sent === undefined ? {} : { Cookie: sent }),
      ...(route.upgrade ? upgradeHeaders : {}),
    },
  });
}

describe('every route', () => {
  it('is classified', () => {
    expect(Object.fromEntries(routes.map((route) => [route.id, route.access]))).toEqual(classified);
  });

  it.each(routes.map((route) => [route.id, route] as const))(
    '%s is refused unless host, origin and credentials are right',
    async (_id, route) => {
      const { authority, server } = fixture;
      const wrong: string[] = [];
      for (const host of hostCases(authority, server.port)) {
        for (const origin of originCases(authority, server.port)) {
          for (const credentials of [
            'none',
            'wrong token',
            'right token',
            'wrong cookie',
            'cookie',
          ] as const) {
            const { status, headers, body } = await send(route, host.host, origin.origin, credentials);
            const expected = host.passes && origin.passes ? expectedStatus(route, credentials) : 403;
            // An empty Host never reaches the guard: Node itself answers 400.
            const accepted = host.host === '' ? [400, 403] : [expected];
            const place = `host ${host.name}, origin ${origin.name}, ${credentials}`;
            if (!accepted.includes(status)) wrong.push(`${place}: ${status} instead of ${expected}`);
            if (status >= 400 && headers['set-cookie'] !== undefined) wrong.push(`${place}: sets a cookie`);
            if (body.includes(TOKEN)) wrong.push(`${place}: body holds the token`);
          }
        }
      }
      expect(wrong).toEqual([]);
    },
    60_000,
  );

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'])('refuses %s', async (method) => {
    for (const path of ['/', '/assets/app-1a2b.js', '/ws']) {
      const { status, headers } = await ask({
        port: fixture.server.port,
        path,
        method,
        headers: { Cookie: cookie },
      });
      expect(status).toBe(405);
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  it('refuses an upgrade of any other path', async () => {
    for (const path of ['/', '/assets/app-1a2b.js', '/ws/', '/ws/x', '//ws', '/%77s']) {
      const { status } = await ask({
        port: fixture.server.port,
        path,
        headers: { Cookie: cookie, ...upgradeHeaders },
      });
      expect([path, status]).toEqual([path, 404]);
    }
  });
});

describe('the token', () => {
  it('is exchanged for a cookie that scripts and other sites cannot use, and leaves the address', async () => {
    const { status, headers } = await ask({ port: fixture.server.port, path: `/?token=${TOKEN}` });
    expect(status).toBe(303);
    expect(headers.location).toBe('/');
    const [set] = headers['set-cookie'] ?? [];
    expect(set).toMatch(
      new RegExp(`^neuroloom-${fixture.server.port}=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
    );
    expect(set).not.toContain(TOKEN);
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['cache-control']).toBe('no-store');
  });

  it('keeps an open session when the printed address is opened again', async () => {
    const { status, headers } = await ask({
      port: fixture.server.port,
      path: `/?token=${TOKEN}`,
      headers: { Cookie: cookie },
    });
    expect([status, headers['set-cookie']]).toEqual([303, undefined]);
  });

  it('opens a second browser too', async () => {
    const second = await openSession(fixture);
    expect(second).not.toBe(cookie);
    for (const session of [cookie, second]) {
      const { status } = await ask({ port: fixture.server.port, path: '/', headers: { Cookie: session } });
      expect(status).toBe(200);
    }
  });

  it('and its cookies are dead after a restart', async () => {
    const other = await startFixture();
    try {
      const name = `neuroloom-${other.server.port}`;
      const { status } = await ask({
        port: other.server.port,
        path: '/',
        headers: { Cookie: `${name}=${cookie.split('=')[1]}` },
      });
      expect(status).toBe(401);
    } finally {
      await other.end();
    }
  });

  it('asks again by itself after a click on another site, without a loop', async () => {
    const outside = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' };
    const first = await ask({ port: fixture.server.port, path: '/', headers: outside });
    expect(first.status).toBe(200);
    expect(first.body.toString()).toContain('url=/');
    const again = await ask({
      port: fixture.server.port,
      path: '/',
      headers: { ...outside, 'Sec-Fetch-Site': 'same-origin' },
    });
    expect(again.status).toBe(401);
  });
});

describe('the files of the page', () => {
  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/%252e%252e/secret.txt',
    '/assets//app-1a2b.js',
    '/.hidden.js',
    '/assets/',
    '/assets',
    '/C:/secret.txt',
    '/%00',
    '/%',
    '//etc/passwd',
    'http://evil.example/',
  ])('are not left by %s', async (path) => {
    const { status, body } = await ask({ port: fixture.server.port, path, headers: { Cookie: cookie } });
    expect([404]).toContain(status);
    expect(body.toString()).not.toContain('secret');
  });

  it('carry a policy without inline script, and are cached by kind', async () => {
    const page = await ask({ port: fixture.server.port, path: '/', headers: { Cookie: cookie } });
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'self';/);
    expect(policy).not.toContain('unsafe-eval');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.headers['x-content-type-options']).toBe('nosniff');
    const asset = await ask({
      port: fixture.server.port,
      path: '/assets/app-1a2b.js',
      headers: { Cookie: cookie, 'Accept-Encoding': 'gzip' },
    });
    expect(asset.headers['cache-control']).toContain('immutable');
    expect(asset.headers['x-content-type-options']).toBe('nosniff');
  });
});
