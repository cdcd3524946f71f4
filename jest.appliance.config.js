import base from './jest.config.js';

/** Tests that boot the emulated machine: one at a time, since each takes the memory and cores of a machine. */
export default {
  ...base,
  testMatch: ['<rootDir>/test/appliance/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 1,
  testTimeout: 15 * 60 * 1000,
};
