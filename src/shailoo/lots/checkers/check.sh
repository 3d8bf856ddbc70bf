#!/bin/sh
# The order of one round of a lot:  sh check.sh list.txt "PURPOSE" ROUND SEED
# Prints the sha256 of the list, then every line of it behind its ticket, the smallest ticket first.
hash=$(sha256sum < "$1" | cut -c1-64)
echo "$hash"
while IFS= read -r line; do
  number=${line%%.*}
  ticket=$(printf '%s|%s|%s|%s|%s' "$2" "$hash" "$3" "$4" "$number" | sha256sum | cut -c1-64)
  printf '%s %s\n' "$ticket" "$line"
done < "$1" | LC_ALL=C sort
