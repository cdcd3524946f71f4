import { availableParallelism } from 'node:os';
import base from './jest.config.js';

/**
 * Tests that boot the emulated machine. Each takes a core and 3 GB; two at a time, where there are two cores, do not disturb each other, since
 * time in a machine passes as its work does.
 */
export default {
  ...base,
  testMatch: ['<rootDir>/test/appliance/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testSequencer: '<rootDir>/test/appliance/slowest-first.js',
  maxWorkers: Math.min(2, availableParallelism()),
  testTimeout: 20 * 60 * 1000,
};
