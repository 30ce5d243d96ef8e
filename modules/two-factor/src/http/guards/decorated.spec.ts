import 'reflect-metadata';
import { Controller, Get, SetMetadata, type Type } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { decorated } from './decorated.js';
import { accessOfClass, ForPendingLogin, ForSignedIn } from './access.js';

class Clock {
  now = 7;
}

@ForPendingLogin()
@Controller('login')
class PendingRoutes {
  constructor(readonly clock: Clock) {}

  @Get()
  ask(): number {
    return this.clock.now;
  }
}

@ForSignedIn()
@Controller('account')
class SignedInRoutes {}

@Controller('other')
class OtherRoutes {}

const Public = () => SetMetadata('public', true);
const isPublic = (controller: Type): unknown => Reflect.getMetadata('public', controller);

describe('the host’s own decorators', () => {
  it('stand on the routes of their door and no other', () => {
    const decorations = { pending: [Public()] };
    expect(isPublic(decorated(PendingRoutes as Type, decorations))).toBe(true);
    expect(isPublic(decorated(SignedInRoutes, decorations))).toBeUndefined();
    expect(isPublic(decorated(OtherRoutes, decorations))).toBeUndefined();
  });

  it('leave the package’s own controller, and those of another call, as they are', () => {
    const [first, second] = [
      decorated(PendingRoutes as Type, { pending: [Public()] }),
      decorated(PendingRoutes as Type, {}),
    ];
    expect([isPublic(first), isPublic(second), isPublic(PendingRoutes as Type)]).toEqual([
      true,
      undefined,
      undefined,
    ]);
  });

  it('are added to what the controller is: name, address, door, what it is made of, what it does', () => {
    const fitted = decorated(PendingRoutes as Type, { pending: [Public()] });
    expect([fitted.name, accessOfClass(fitted)]).toEqual(['PendingRoutes', 'pending']);
    expect(Reflect.getMetadata(PATH_METADATA, fitted)).toBe('login');
    expect(Reflect.getMetadata('design:paramtypes', fitted)).toEqual([Clock]);
    expect(new (fitted as typeof PendingRoutes)(new Clock()).ask()).toBe(7);
  });
});
