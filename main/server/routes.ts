import type { IncomingMessage, ServerResponse } from 'node:http';
import { WIRE_PATH } from '#shared/protocol/wire.ts';
import type { PageResponder } from './pageResponder.ts';
import type { Sessions } from './sessions.ts';

/** Who may call a route. There is no third kind: every route asks for the token or for its cookie. */
export type RouteAccess =
  /** The printed token in the query, or a session's cookie. */
  | 'token-or-session'
  /** A session's cookie. */
  | 'session';

export interface Route {
  readonly id: string;
  /** An exact path, or a prefix that ends in `/*`. */
  readonly path: string;
  readonly methods: readonly string[];
  readonly access: RouteAccess;
  /** True for a WebSocket upgrade, false for a plain request. */
  readonly upgrade: boolean;
}

/** Everything that the server answers; what matches none is refused. The first match counts. */
export const routes = [
  { id: 'socket', path: WIRE_PATH, methods: ['GET'], access: 'session', upgrade: true },
  { id: 'page', path: '/', methods: ['GET', 'HEAD'], access: 'token-or-session', upgrade: false },
  { id: 'file', path: '/*', methods: ['GET', 'HEAD'], access: 'session', upgrade: false },
] as const satisfies readonly Route[];
export type RouteId = (typeof routes)[number]['id'];

export type Routing =
  | { readonly kind: 'route'; readonly route: (typeof routes)[number] }
  | { readonly kind: 'method-not-allowed'; readonly allow: string }
  | { readonly kind: 'not-found' };

/** Null where what was sent is no path (`//`, an absolute address). */
export function requestUrl(request: IncomingMessage): URL | null {
  const { url = '' } = request;
  if (!url.startsWith('/') || url.startsWith('//')) return null;
  return URL.canParse(url, 'http://localhost') ? new URL(url, 'http://localhost') : null;
}

/** `path` is the URL's path, still percent-encoded. */
export function findRoute(method: string, path: string, upgrade: boolean): Routing {
  const candidates = routes.filter((route) => route.upgrade === upgrade && matches(route.path, path));
  const route = candidates.find(({ methods }) => (methods as readonly string[]).includes(method));
  if (route !== undefined) return { kind: 'route', route };
  const allow = [...new Set(candidates.flatMap(({ methods }) => methods))].join(', ');
  return allow === '' ? { kind: 'not-found' } : { kind: 'method-not-allowed', allow };
}

function matches(pattern: string, path: string): boolean {
  return pattern.endsWith('/*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
}

export interface RouteContext {
  readonly sessions: Sessions;
  readonly pages: PageResponder;
}

/** Answers a plain request that the guard let through. */
export async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { sessions, pages }: RouteContext,
): Promise<void> {
  const url = requestUrl(request);
  const routing: Routing =
    url === null ? { kind: 'not-found' } : findRoute(request.method ?? '', url.pathname, false);
  if (routing.kind === 'method-not-allowed') {
    response.setHeader('Allow', routing.allow);
    return pages.refuse(response, 405, 'method-not-allowed');
  }
  if (url === null || routing.kind === 'not-found') return pages.refuse(response, 404, 'not-found');
  const open = sessions.isOpen(request.headers.cookie);
  const token = url.searchParams.get('token');
  if (routing.route.access === 'token-or-session' && token !== null) {
    const cookie = open ? null : sessions.open(token);
    if (!open && cookie === null) return pages.refuse(response, 403, 'wrong-token');
    // The address without the token is what stays in history, and what a reload asks for.
    return pages.redirect(response, '/', cookie);
  }
  if (!open) {
    // A cookie that is SameSite=Strict is missing from the first request after a click on another
    // site; asked for again by a page of our own, it comes along.
    const fromOutside = request.headers['sec-fetch-site'] === 'cross-site';
    const navigation = request.headers['sec-fetch-mode'] === 'navigate';
    if (fromOutside && navigation && routing.route.id === 'page') return pages.askAgain(response);
    return pages.refuse(response, 401, 'unauthorised');
  }
  return pages.send(request, response, url.pathname);
}
