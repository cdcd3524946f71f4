import appliance from './jest.appliance.config.js';

/** Tests of the Debian packages: how they are made, and what they do in an emulated machine with a disk of its own. */
export default {
  ...appliance,
  testMatch: ['<rootDir>/test/appliance/package/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 1,
  testTimeout: 60 * 60 * 1000,
};
