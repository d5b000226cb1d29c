import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Every browser that runs the page reads woff2; the font packages name the older woff as well. */
const woff2Only: Plugin = {
  name: 'woff2-only',
  generateBundle(_options, bundle) {
    for (const [fileName, file] of Object.entries(bundle)) {
      if (fileName.endsWith('.woff')) delete bundle[fileName];
      else if (file.type === 'asset' && fileName.endsWith('.css')) {
        file.source = String(file.source).replaceAll(
          /,\s*url\([^)]*\.woff\)\s*format\(["']?woff["']?\)/g,
          '',
        );
      }
    }
  },
};

/**
 * The page. `--mode gallery` builds gallery.html in place of index.html.
 * Nothing is inlined (no data: addresses, no inline scripts), so that the page runs under
 * `default-src 'none'`; addresses are relative, so that the same files serve app:// and http.
 */
export default defineConfig(({ mode }) => ({
  root: fileURLToPath(new URL('renderer', import.meta.url)),
  base: './',
  cacheDir: fileURLToPath(new URL('.cache/vite', import.meta.url)),
  plugins: [react(), tailwindcss(), woff2Only],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssCodeSplit: true,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      input: fileURLToPath(
        new URL(mode === 'gallery' ? 'renderer/gallery.html' : 'renderer/index.html', import.meta.url),
      ),
    },
  },
  server: { host: '127.0.0.1', strictPort: false },
}));
