import { requireSupportedNode } from './nodeVersion.mjs';

requireSupportedNode();
const { start } = await import('./startApp.mjs');

process.exitCode = await start(process.argv.slice(2));
