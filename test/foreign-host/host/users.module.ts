import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { User } from './user.entity.js';
import { Users } from './users.js';

@Module({ imports: [TypeOrmModule.forFeature([User])], providers: [Users], exports: [Users] })
export class UsersModule {}
