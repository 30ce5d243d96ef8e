import { SetMetadata } from '@nestjs/common';

export const MARK = 'host:mark';

/** For all visitors. */
export const Public = () => SetMetadata(MARK, 'public');

/** For signed-in members. */
export const Members = () => SetMetadata(MARK, 'members');
