/** The desktop page's scheme and origin; the scheme is standard and secure, so the origin is a real one. */
export const PAGE_SCHEME = 'app';
export const PAGE_HOST = 'neuroloom';
export const PAGE_URL = `${PAGE_SCHEME}://${PAGE_HOST}/`;

/** Judged on the parsed address: text that merely starts alike is another origin. */
export function isPageUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return protocol === `${PAGE_SCHEME}:` && host === PAGE_HOST && username === '' && password === '';
}
