// For hosts with Nest's event emitter
export { EmitterSink } from './emitter.sink.js';
