# A web server's access log.
printf '\033[1;36mweb server\033[0m listening on \033[4mport 3000\033[0m\n'
i=0
while :; do
  i=$((i + 1))
  case $((i % 9)) in
    3) status='\033[33m304\033[0m' path=/assets/app.css ;;
    5) status='\033[32m201\033[0m' path=/orders ;;
    7) status='\033[33m404\033[0m' path=/favicon.ico ;;
    8) status='\033[1;31m500\033[0m' path=/checkout ;;
    *) status='\033[32m200\033[0m' path=/ ;;
  esac
  printf '%s \033[1mGET\033[0m %-18s '"$status"' \033[2m%d ms\033[0m\n' "$(date +%H:%M:%S)" "$path" $((i * 7 % 90 + 3))
  sleep 0.4
done
