#!/bin/sh
# Starts the program beside it, after a look at the system: a system too old is told so kindly.
machine='@MACHINE@'
needed='@GLIBC@'
program='@PROGRAM@'

refuse() {
    echo "$1" >&2
    [ -n "$DISPLAY$WAYLAND_DISPLAY" ] && [ ! -t 2 ] || exit 3
    for way in 'zenity --error --no-wrap --text' 'kdialog --error' 'notify-send 开放许可通' \
        'xmessage -center'; do
        if command -v "${way%% *}" >/dev/null 2>&1; then
            $way "$1"
            exit 3
        fi
    done
    exit 3
}

ask='请向发给您程序的单位说明本机的情况，索取合适的版本。您的资料没有任何改动。'
here=$(dirname -- "$(readlink -f -- "$0")")
[ "$(uname -m)" = "$machine" ] ||
    refuse "开放许可通的这个版本用于 $machine 处理器，本机是 $(uname -m)，不能运行。$ask"
have=$(getconf GNU_LIBC_VERSION 2>/dev/null)
have=${have#glibc }
case $have in
    [0-9]*.[0-9]*) ;;
    *) refuse "开放许可通需要 glibc $needed 或更新的系统，本机没有 glibc，不能运行。$ask" ;;
esac
minor=${have#*.}
minor=${minor%%.*}
if [ "${have%%.*}" -lt "${needed%%.*}" ] ||
    { [ "${have%%.*}" -eq "${needed%%.*}" ] && [ "$minor" -lt "${needed#*.}" ]; }; then
    refuse "开放许可通的这个版本需要 glibc $needed 或更新的系统，本机是 $have，不能运行。$ask"
fi
exec "$here/$program" "$@"
