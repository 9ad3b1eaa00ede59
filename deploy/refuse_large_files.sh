#!/bin/sh
# Name each given file over 500 kB, and fail if there is one.
status=0
for file in "$@"; do
    if [ "$(wc -c <"$file")" -gt 500000 ]; then
        echo "$file is larger than 500 kB"
        status=1
    fi
done
exit $status
