import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';
import { billOfMaterials } from './src/cli/bundle/bill-plugin.ts';
import type { Budgets } from './src/cli/bundle/budgets.ts';
import { compressBundle } from './src/cli/bundle/compress-plugin.ts';
import { languageFonts } from './src/cli/bundle/fonts/plugin.ts';
import { guardBundle } from './src/cli/bundle/plugin.ts';

const tf = fileURLToPath(new URL('./src/vision/tf.ts', import.meta.url));
const noBackend = fileURLToPath(new URL('./src/vision/no-backend.ts', import.meta.url));
const { version, budgets } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as {
  version: string;
  budgets: Budgets;
};
const guard = guardBundle(budgets);
const bill = billOfMaterials();
/** The WASM binaries and the age network are larger than Workbox precaches by itself. */
const LARGEST_PRECACHED_BYTES = 4 * 1024 * 1024;

export default defineConfig(({ mode }) => ({
  plugins: [
    react(),
    languageFonts(),
    VitePWA({
      // Neither the gallery nor looks alone need to do without a network.
      disable: mode === 'gallery' || mode === 'looks',
      registerType: 'prompt',
      injectRegister: false,
      manifest: {
        name: 'AskFirst',
        short_name: 'AskFirst',
        description: 'Asks before it counts.',
        display: 'fullscreen',
        start_url: '/',
        theme_color: '#faf7f2',
        background_color: '#faf7f2',
        icons: [{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any maskable' }],
      },
      workbox: {
        globPatterns: ['**/*.{html,js,css,svg,wasm,bin,json,woff2}'],
        // Staff screen and receipt page always come from the server; the tablet needs neither.
        manifestTransforms: [
          (entries) => ({ manifest: entries.filter(({ url }) => !guard.isOfOtherApps(url)) }),
        ],
        maximumFileSizeToCacheInBytes: LARGEST_PRECACHED_BYTES,
        navigateFallback: '/index.html',
        navigateFallbackAllowlist: [/^\/(\?.*)?$/],
        cleanupOutdatedCaches: true,
        // A new tablet has all of it at hand from its first load on. A newer version still waits until no visit runs.
        clientsClaim: true,
      },
    }),
    guard.plugin,
    bill.plugin,
    compressBundle(),
  ],
  define: { 'import.meta.env.VITE_VERSION': JSON.stringify(version) },
  resolve: {
    alias: [
      { find: '@tensorflow/tfjs/dist/index.js', replacement: tf },
      // As face-api.js calls them; `src/vision/webgl.ts` and `wasm-kernels.ts` call them by other names.
      { find: '@tensorflow/tfjs-backend-webgl/dist/index.js', replacement: noBackend },
      { find: '@tensorflow/tfjs-backend-wasm/dist/index.js', replacement: noBackend },
    ],
  },
  build: { target: 'es2023', assetsInlineLimit: 0 },
  worker: { format: 'es', plugins: () => [bill.workerPlugin] },
  server: { proxy: { '/api': 'http://localhost:8080', '/healthz': 'http://localhost:8080' } },
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    environment: 'node',
    // By itself it leaves a core free, which is half of a small machine.
    maxWorkers: '100%',
    // A test fails by what it finds, not by how busy the machine is.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
}));
