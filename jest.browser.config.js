import base from './jest.config.js';

/** Tests of the page in Debian's chromium. One at a time: they measure how fast it draws. */
export default {
  ...base,
  testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 1,
  testTimeout: 120_000,
};
