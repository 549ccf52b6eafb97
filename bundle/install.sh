#!/bin/sh
# Ставит программу «Перечень» без сети и без прав администратора. Что именно делается, написано в install.py.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit 1
for candidate in python3.14 python3.13 python3.12 python3.11 python3; do
  if command -v "$candidate" >/dev/null 2>&1 && "$candidate" "$here/install.py" --fits 2>/dev/null; then
    exec "$candidate" "$here/install.py"
  fi
done
echo "ошибка: подходящий Python не найден. Установите одну из версий, названных в файле ПРОЧТИ.txt," >&2
echo "и запустите install.sh ещё раз." >&2
exit 1
