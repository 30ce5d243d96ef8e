#!/usr/bin/env bash
# One would guess: new ValidationPipe({ transform: false }) works without class-transformer, which is an optional peer; or a
#   missing package is an error that the caller can catch.
# What happens: the constructor begins to import class-transformer, whatever `transform` says. Without the package it logs a line
#   and calls process.exit(1). Neither try/catch nor an unhandledRejection handler sees it. Giving the option
#   transformerPackage avoids the import.
# Who meets it: applications that remove class-transformer, and tests that create a ValidationPipe: the process ends in mid-work,
#   a moment after the constructor has returned.
# Seen with: @nestjs/common 12.5.1 on Node 20.20.2. Exit code 0: as stated; 1: it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true, "type": "module" }' > package.json
npm install --silent --no-audit --no-fund --legacy-peer-deps \
  @nestjs/common@12.5.1 class-validator@0.15.1 reflect-metadata@0.2.2 rxjs@7.8.2
test ! -e node_modules/class-transformer
cat > pipe.mjs <<'JS'
import 'reflect-metadata';
import { ValidationPipe } from '@nestjs/common';
process.on('unhandledRejection', () => process.exit(2));
const transformerPackage = process.argv[2] === 'given' ? {} : undefined;
try {
  new ValidationPipe({ transform: false, ...(transformerPackage ? { transformerPackage } : {}) });
} catch {
  process.exit(3);
}
setTimeout(() => process.exit(0), 2_000);
JS
ends() { local status=0; node pipe.mjs "$@" > /dev/null 2>&1 || status=$?; echo "$status"; }
plain=$(ends)
given=$(ends given)
echo "@nestjs/common 12.5.1 without class-transformer: the process ends with status $plain (0: it went on)"
echo "  with the option transformerPackage: $given"
[ "$plain" = 1 ] && [ "$given" = 0 ]
