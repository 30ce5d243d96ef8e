import { SetMetadata } from '@nestjs/common';

export const MARK = 'host:mark';

/** For everybody. */
export const Public = () => SetMetadata(MARK, 'public');

/** For whoever is signed in. */
export const Members = () => SetMetadata(MARK, 'members');
