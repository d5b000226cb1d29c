import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * The page. `--mode gallery` builds gallery.html in place of index.html.
 * Nothing is inlined (no data: addresses, no inline scripts), so that the page runs under
 * `default-src 'none'`; addresses are relative, so that the same files serve app:// and http.
 */
export default defineConfig(({ mode }) => ({
  root: fileURLToPath(new URL('renderer', import.meta.url)),
  base: './',
  cacheDir: fileURLToPath(new URL('.cache/vite', import.meta.url)),
  plugins: [react(), tailwindcss()],
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
