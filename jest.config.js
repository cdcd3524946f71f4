/** Unit and integration tests run from the sources; what needs a worker thread runs the compiled output, which scripts/test builds first. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/appliance/',
    '<rootDir>/test/browser/',
    '<rootDir>/test/packaging/made.test.ts',
  ],
  // Small machines have two cores, of which jest would leave one idle.
  maxWorkers: '100%',
  // A busy machine takes its time to start a program, and some tests start several.
  testTimeout: 30_000,
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' } }],
  },
};
