import path from 'node:path';

const workspaceRoot = path.join(import.meta.dirname, '..');

const everyAnswer = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
];

/** @type {import('next').NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  // Dependencies are hoisted to the root of the workspaces; a guess could end at a lockfile further up.
  turbopack: { root: workspaceRoot },
  // Finds the links that lead to pages of the App Router, of which there are none.
  experimental: { clientRouterFilter: false },
  outputFileTracingRoot: workspaceRoot,
  // The build is webpack's (client/package.json): each of its pages loads 3.5 kB less than Turbopack's.
  webpack(config, { isServer }) {
    const notForBrowsers = {
      // For browsers older than `light-dark()`, without which the pages have no colours.
      '../build/polyfills/polyfill-module': false,
      // A stand-in for Node's `process`; what runs in browsers only asks for things that it does not have.
      'next/dist/compiled/process': false,
      // Reads the patterns of rewrites, of which there are none.
      'next/dist/compiled/path-to-regexp': false,
    };
    if (!isServer) Object.assign(config.resolve.alias, notForBrowsers);
    return config;
  },
  // Bootstrap 5 is still written with @import and the colour functions that Sass has renamed.
  sassOptions: {
    quietDeps: true,
    silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'if-function'],
  },
  // The development server sends one of its scripts as JSON, which a browser that may not sniff refuses to run.
  headers: () => Promise.resolve([{ source: '/((?!_next/static/development/).*)', headers: everyAnswer }]),
  // A page can't lie under /api, where people look for it. A rewrite could show it there, but with a single one every
  // page loads 3 kB of code that knows rewrites.
  redirects: () =>
    Promise.resolve(['/api/docs', '/docs'].map((source) => ({ source, destination: '/api-docs', permanent: false }))),
};
