import { contentSecurityPolicy, securityHeaders } from '#main/services/contentSecurityPolicy.ts';
import { readPageFile } from '#main/services/pageFiles.ts';
import { isPageUrl, PAGE_SCHEME } from './origin.ts';

/** To be registered before Electron is ready. */
export const pageScheme: Electron.CustomScheme = {
  scheme: PAGE_SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

/** Answers requests of the page from the folder it was built into, and from nowhere else. */
export function createPageHandler(rendererDir: string): (request: Request) => Promise<Response> {
  const headers = { ...securityHeaders, 'Content-Security-Policy': contentSecurityPolicy(null) };
  return async (request) => {
    if (request.method !== 'GET' || !isPageUrl(request.url))
      return new Response(null, { status: 403, headers });
    const file = await readPageFile(rendererDir, new URL(request.url).pathname);
    if (file === null) return new Response(null, { status: 404, headers });
    return new Response(new Uint8Array(file.body), {
      headers: { ...headers, 'Content-Type': file.contentType, 'Cache-Control': 'no-store' },
    });
  };
}
