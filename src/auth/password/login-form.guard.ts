import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { readForm } from '../../portal/forms/form.js';
import { LoginForm, loginPage } from './login.form.js';

/**
 * Validates the sign-in form before the password is checked. Guards run before pipes, and passport-local takes missing body
 * fields from the query; so the query is dropped.
 */
@Injectable()
export class LoginFormGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    Object.defineProperty(request, 'query', { value: {}, configurable: true });
    request.body = readForm(LoginForm, request.body, loginPage);
    return true;
  }
}
