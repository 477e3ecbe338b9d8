#!/bin/sh
# Runs as root after the package is gone (deb and rpm). Profiles of the users stay, also after a purge: they are documents, not
# settings. Who wants one account's profile gone says so: VAN_THU_DELETE_DATA_OF=ACCOUNT. An upgrade runs this too and then it
# does nothing.
set -e
case "$1" in
  remove | purge | 0) ;;
  *) exit 0 ;;
esac
rm -f '/usr/bin/${executable}'
rm -rf '/var/cache/${executable}'
if [ -f '/etc/apparmor.d/${executable}' ]; then
  if command -v apparmor_parser >/dev/null 2>&1; then
    apparmor_parser --remove '/etc/apparmor.d/${executable}' || true
  fi
  rm -f '/etc/apparmor.d/${executable}'
fi

# As that account: whatever its folders point to, nothing is deleted that it could not delete itself.
case "$1" in
  purge | 0)
    if [ -n "$VAN_THU_DELETE_DATA_OF" ]; then
      home=$(getent passwd "$VAN_THU_DELETE_DATA_OF" | cut -d : -f 6)
      if [ -n "$home" ]; then
        runuser -u "$VAN_THU_DELETE_DATA_OF" -- rm -rf -- "$home/.config/Văn Thư"
      fi
    fi
    ;;
esac
exit 0
