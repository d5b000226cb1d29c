import { type Browser, chromium } from '@playwright/test';

/** The Chromium that `npm run bench` has found (NEUROLOOM_CHROMIUM), or Playwright's own. */
export function launchBenchBrowser(): Promise<Browser> {
  const executablePath = process.env.NEUROLOOM_CHROMIUM;
  return chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
    ],
  });
}
