import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { firstLoadAtMost } from './firstLoad.ts';

/** Where `npm run dev` finds a running platform; the built app is served by the platform itself. */
const platform = process.env.RELATA_DEV_PLATFORM ?? 'http://localhost:9480';

export default defineConfig({
  plugins: [react(), firstLoadAtMost(250_000)],
  build: {
    target: 'es2022',
    // A data: URI would need its own exception in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Swagger UI comes as one file; only the page that documents the API loads it.
    chunkSizeWarningLimit: 1600,
  },
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(
      ['/api', '/auth', '/health'].map((path) => [path, { target: platform, headers: { Origin: platform } }]),
    ),
  },
  test: { include: ['test/**/*.test.ts'], environment: 'node' },
});
