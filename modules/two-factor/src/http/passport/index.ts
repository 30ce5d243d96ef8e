// For hosts that sign people in by passport
export { PassportSession } from './passport.session.js';
export { WithSecondFactor } from './with-second-factor.js';
