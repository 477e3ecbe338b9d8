#!/bin/sh
# Installs one downloaded update as root: install-package FILE SHA512 VERSION
# It belongs to root and takes nothing on trust: the file is copied where only root may write, the copy is hashed, and only
# that copy is installed. The package before is kept, and put back when the new one does not install.
# One at a time: what was hashed is what is installed, whoever else calls this meanwhile.
# Ends with 0, or 20 not root, 21 other bytes than named, 22 another package or version, 23 no room, 24 not installed, 25 another
# one takes too long.
umask 077
PATH=/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C
DEBIAN_FRONTEND=noninteractive
export PATH LC_ALL DEBIAN_FRONTEND
name=van-thu
store=/var/cache/van-thu

[ "$(id -u)" = 0 ] || exit 20
[ $# = 3 ] || exit 22
mkdir -p "$store" && chmod 700 "$store" || exit 23
exec 9>"$store/lock" || exit 23
flock --wait 300 9 || exit 25
fresh="$store/new.deb"
rm -f "$fresh"
trap 'rm -f "$fresh"' EXIT

# A device or a pipe never ends, a link may lead to one.
[ -f "$1" ] && [ ! -L "$1" ] || exit 21
cp -- "$1" "$fresh" || exit 23
sum=$(sha512sum "$fresh" | cut -d ' ' -f 1)
[ "$sum" = "$2" ] || exit 21
[ "$(dpkg-deb -f "$fresh" Package 2>/dev/null)" = "$name" ] || exit 22
[ "$(dpkg-deb -f "$fresh" Version 2>/dev/null)" = "$3" ] || exit 22
[ "$(dpkg-deb -f "$fresh" Architecture)" = "$(dpkg --print-architecture)" ] || exit 22

installed() {
  [ "$(dpkg-query -W -f '${db:Status-Status} ${Version}' "$name" 2>/dev/null)" = "installed $1" ]
}

# Another session was faster.
if installed "$3" && [ -f "$store/current.deb" ] && cmp -s "$fresh" "$store/current.deb"; then
  exit 0
fi

before=$(dpkg-query -W -f '${Version}' "$name" 2>/dev/null)
if dpkg --install "$fresh" && installed "$3"; then
  [ -f "$store/current.deb" ] && mv -f "$store/current.deb" "$store/previous.deb"
  mv -f "$fresh" "$store/current.deb"
  exit 0
fi
kept="$store/current.deb"
if [ -f "$kept" ] && [ "$(dpkg-deb -f "$kept" Version)" = "$before" ]; then
  dpkg --install "$kept" || true
else
  dpkg --configure -a || true
fi
exit 24
