# Structured log lines with levels, some of them on stderr.
i=0
while :; do
  i=$((i + 1))
  printf '\033[34mINFO\033[0m  request \033[38;5;208mid=%04d\033[0m user=\033[35mada\033[0m rows=%d\n' "$i" $((i * 13 % 50))
  [ $((i % 6)) -eq 0 ] && printf '\033[33mWARN\033[0m  slow query: \033[3mselect * from orders where total > %d\033[0m\n' "$i" >&2
  [ $((i % 15)) -eq 0 ] && printf '\033[41;97m ERROR \033[0m connection to cache refused, \033[38;2;255;105;180mretrying\033[0m\n' >&2
  sleep 0.7
done
