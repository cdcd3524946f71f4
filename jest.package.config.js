import base from './jest.config.js';

/** How the Debian packages are made. It takes minutes, and the compilers' Debian; what is in them is tested with all else, and in the emulated machine. */
export default {
  ...base,
  testMatch: ['<rootDir>/test/packaging/made.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 60 * 60 * 1000,
};
