#!/usr/bin/env bash
# Tests of the shipped proxy site need nginx; install it where the system's package manager can.
# Without it they are skipped, and what can be read of the site is still held.
set -u
command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] && exit 0
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nginx-light; } >/dev/null 2>&1
fi
exit 0
