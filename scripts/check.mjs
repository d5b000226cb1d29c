import { requireSupportedNode } from './nodeVersion.mjs';

requireSupportedNode();
const { installPackages } = await import('./installPackages.mjs');
const { projectRoot } = await import('./prepare.mjs');
const packages = await installPackages(projectRoot);
if (!packages.ok) {
  console.error(`${packages.reason}\n${packages.advice}`);
  process.exit(1);
}
const { runChecks } = await import('./checkSteps.mjs');
const { countsLine } = await import('./testCounts.mjs');
const counts = await runChecks();
console.log(countsLine(counts));
process.exitCode = counts.failed === 0 ? 0 : 1;
