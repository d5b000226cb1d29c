import { requireSupportedNode } from './nodeVersion.mjs';

requireSupportedNode();
const { prepare } = await import('./prepare.mjs');

console.log('Neuroloom: set-up');
if (!(await prepare({ retryRuntime: true }))) process.exit(1);
console.log('Ready. npm start opens the app.');
