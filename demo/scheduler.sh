# Quiet, with an empty line between its blocks.
while :; do
  printf '\033[7m tick \033[0m %s\n' "$(date +%T)"
  printf '  next run in \033[1;35m5 s\033[0m\n\n'
  sleep 5
done
