import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';

/** Writes `bench-results/NAME.json` with when and on what it was measured, and `NAME.md` where there is a table. */
export function writeReport(name: string, report: object, table?: string): void {
  const folder = join(process.cwd(), 'bench-results');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.json`);
  const whole = {
    at: new Date().toISOString(),
    machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, load: loadavg() },
    node: process.version,
    ...report,
  };
  writeFileSync(path, `${JSON.stringify(whole, null, 2)}\n`);
  if (table !== undefined) writeFileSync(join(folder, `${name}.md`), `${table}\n`);
  console.log(`written to ${path}`);
}
