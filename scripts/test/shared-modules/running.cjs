/** `jest` of the test file that runs in this worker. */
module.exports = { jest: null };
