import { join } from 'node:path';

const project = process.cwd();
const root = join(project, 'tests/bench/canvas');

/** Builds and serves the two pages: `bare.html`, React Flow as it comes, and `ours.html`, our canvas. */
export async function buildPages(name: string): Promise<{ base: string; close: () => Promise<void> }> {
  const outDir = join(project, `.cache/bench-${name}-${process.pid}`);
  // Imported here because the bench is bundled as CommonJS, and these are modules only.
  const [{ build, preview }, { default: react }, { default: tailwindcss }] = await Promise.all([
    import('vite'),
    import('@vitejs/plugin-react'),
    import('@tailwindcss/vite'),
  ]);
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [react(), tailwindcss()],
    build: {
      outDir,
      emptyOutDir: true,
      chunkSizeWarningLimit: 4000,
      rolldownOptions: { input: { bare: join(root, 'bare.html'), ours: join(root, 'ours.html') } },
    },
  });
  const server = await preview({
    root,
    configFile: false,
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0 },
  });
  return { base: server.resolvedUrls?.local[0] ?? '', close: () => server.close() };
}
