# A job queue.
n=0
while :; do
  n=$((n + 1))
  printf '\033[36m▶\033[0m job %d \033[2mresize-images\033[0m\n' "$n"
  sleep 0.8
  printf '\033[32m✔\033[0m job %d done, \033[1m%d\033[0m images 🎉\n' "$n" $((n * 3 % 20 + 1))
  sleep 0.5
done
