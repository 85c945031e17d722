#compdef overmind-gui
# Completion of overmind-gui for zsh. In ~/.zshrc, after compinit: eval "$(overmind-gui completion zsh)"
# or, as a file of this name in a folder of $fpath: overmind-gui completion zsh > ~/.zfunc/_overmind-gui

_overmind-gui() {
  local line value place
  local -a values open
  for line in "${(@f)$("${words[1]/#\~\//$HOME/}" complete -- "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}"; do
    value=${line%%$'\t'*}
    case $line in
      '') ;;
      :folders | :files | :commands) place=$line ;;
      *=) open+=("${value//:/\\:}") ;;
      *$'\t'*) values+=("${value//:/\\:}:${line#*$'\t'}") ;;
      *) values+=("${value//:/\\:}") ;;
    esac
  done

  (( $#values == 0 )) || _describe -V word values
  (( $#open == 0 )) || _describe -V word open -S ''
  case $place in
    :folders) compset -P '--*='; _files -/ ;;
    :files) compset -P '--*='; _files ;;
    :commands) _command_names -e ;;
  esac
}

if [ "$funcstack[1]" = "_overmind-gui" ]; then
  _overmind-gui "$@"
else
  compdef _overmind-gui overmind-gui
fi
