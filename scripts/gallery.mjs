import { requireSupportedNode } from './nodeVersion.mjs';

requireSupportedNode();
const { installPackages } = await import('./installPackages.mjs');
const { projectRoot } = await import('./prepare.mjs');
const packages = await installPackages(projectRoot);
if (!packages.ok) {
  console.error(`${packages.reason}\n${packages.advice}`);
  process.exit(1);
}
const { createServer } = await import('vite');
const server = await createServer({ configFile: `${projectRoot}/vite.config.ts`, logLevel: 'warn' });
await server.listen();
const address = server.resolvedUrls?.local[0];
console.log(`Gallery: ${new URL('gallery.html', address)}`);
