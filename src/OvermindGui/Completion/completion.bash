# Completion of overmind-gui for bash. In ~/.bashrc: eval "$(overmind-gui completion bash)"

_overmind_gui() {
  local IFS=$' \t\n' line=${COMP_LINE:0:COMP_POINT} word cur=${COMP_WORDS[COMP_CWORD]} candidate kept place=
  local -a typed=()
  COMPREPLY=()

  # Bash breaks words at = and : too. What has no space before it belongs to the word in front.
  for word in "${COMP_WORDS[@]:0:COMP_CWORD+1}"; do
    if [[ ${#typed[@]} -eq 0 || -z $word || $line == [[:space:]]* ]]; then
      typed+=("$word")
    else
      typed[${#typed[@]}-1]+=$word
    fi
    line=${line#"${line%%[![:space:]]*}"}
    line=${line#"$word"}
  done
  [[ $cur == [=:] ]] && cur=
  kept=${typed[${#typed[@]}-1]}
  kept=${kept%"$cur"}
  typed=("${typed[@]//[\\\"\']/}")

  while IFS= read -r candidate; do
    case $candidate in
      :folders | :files | :commands) place=$candidate ;;
      *) candidate=${candidate%%$'\t'*} && COMPREPLY+=("${candidate#"$kept"}") ;;
    esac
  done < <("${typed[0]/#\~\//$HOME/}" complete -- "${typed[@]:1}" 2>/dev/null)

  case $place in
    :folders) while IFS= read -r candidate; do COMPREPLY+=("$candidate"); done < <(compgen -d -- "$cur") ;;
    :files) while IFS= read -r candidate; do COMPREPLY+=("$candidate"); done < <(compgen -f -- "$cur") ;;
    :commands) while IFS= read -r candidate; do COMPREPLY+=("$candidate"); done < <(compgen -c -- "$cur") ;;
  esac
  [[ $place != :folders && $place != :files ]] || compopt -o filenames 2>/dev/null
  [[ ${#COMPREPLY[@]} -ne 1 || ${COMPREPLY[0]} != *= ]] || compopt -o nospace 2>/dev/null
}

complete -F _overmind_gui overmind-gui
