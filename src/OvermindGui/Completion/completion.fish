# Completion of overmind-gui for fish: overmind-gui completion fish > ~/.config/fish/completions/overmind-gui.fish

function __overmind_gui_complete
    set -l typed (commandline -opc)
    set -l word (commandline -ct)
    set -l program (string replace -r '^~/' "$HOME/" -- $typed[1])
    type -q $program; or return
    for line in ($program complete -- $typed[2..] "$word" 2>/dev/null)
        switch $line
            case :folders
                __fish_complete_directories "$word"
            case :files
                __fish_complete_path "$word"
            case :commands
                __fish_complete_command
            case '*'
                echo $line
        end
    end
end

complete -c overmind-gui -f -a '(__overmind_gui_complete)'
