import running from './running.cjs';

/** `jest` of the test file that runs: the modules that import it may stay loaded for the next one. */
export const jest = new Proxy({}, { get: (_, name) => running.jest[name] });
