# What is reported when a container cannot work.

# message, arguments… : the container ends with it.
ends_with() {
  local message=$1
  shift
  ! timeout 60 "${engine[@]}" run --rm "$@" >"$WORK/words" 2>&1 && cat "$WORK/words" && grep >/dev/null "$message" "$WORK/words"
}

make_project
rm "$project/Procfile"
check "A project without a Procfile is reported" ends_with "Procfile not found in /project" -v "$project:/project" overmind-gui daemon /project
check "A folder that is not there is reported" ends_with "Directory not found: /elsewhere" overmind-gui daemon /elsewhere

make_project 'web: sleep 600'
mkdir "$WORK/foreign" 2>/dev/null
check "A database folder of another user is reported" \
  ends_with "Cannot write to /data" -v "$project:/project" -v "$WORK/foreign:/data" overmind-gui daemon /project
check "A database folder that is missing is reported" \
  ends_with "OVERMIND_GUI_DATA: there is no folder /nowhere" -v "$project:/project" -e OVERMIND_GUI_DATA=/nowhere overmind-gui daemon /project
check "A dashboard that can write no token is reported" \
  ends_with "The token cannot be read or made" -v "$project:/project" -v "$WORK/foreign:/data" overmind-gui web /project --no-daemon
