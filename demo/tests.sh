# A test watcher that draws every colour of the theme, then gives up after a while with exit code 3.
round=0
while [ "$round" -lt 20 ]; do
  round=$((round + 1))
  line=''
  for color in 0 1 2 3 4 5 6 7; do line="$line\033[3${color}m■\033[0m\033[9${color}m■\033[0m "; done
  printf "run %2d  $line\n" "$round"
  printf '  \033[32m12 passed\033[0m, \033[31m1 failed\033[0m, \033[33m2 skipped\033[0m\n'
  sleep 3
done
printf '\033[31mtoo many failures, giving up\033[0m\n'
exit 3
