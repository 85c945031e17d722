namespace OvermindGui.Core.Checks;

/// <summary>A program that a command line will execute.</summary>
/// <param name="Word">As written, with quotes removed.</param>
/// <param name="Folders">Folders that the line changes to before it, in order.</param>
internal sealed record ShellProgram(string Word, IReadOnlyList<string> Folders)
{
    public bool IsPath => Word.Contains('/', StringComparison.Ordinal);
}

/// <summary>
/// The programs that a shell will certainly execute for a line. Excludes those that depend on a test, an earlier program or a variable;
/// returns nothing for a line that does not consist of simple commands.
/// </summary>
internal static class ShellPrograms
{
    // These control what follows or change the meaning of words, so nothing after them is certain.
    private static readonly HashSet<string> Deciding =
    [
        "[", "[[", "test", "command", "type", "which", "hash", "if", "then", "else", "elif", "fi", "for", "while", "until", "do", "done",
        "case", "esac", "in", "select", "function", "!", "{", "}", ".", "source", "eval", "alias", "set", "shopt", "trap", "time", "coproc",
        "export", "unset", "read", "declare", "typeset", "local", "readonly", "pushd", "popd", "exit", "return", "false", "builtin",
        "break", "continue", "enable", "let", "getopts", "setopt", "emulate", "autoload", "repeat", "foreach", "noglob", "nocorrect",
    ];

    private static readonly HashSet<string> Builtins =
    [
        ":", "true", "echo", "printf", "pwd", "wait", "ulimit", "umask", "kill", "jobs", "fg", "bg", "times", "shift", "history", "print",
        "logout", "dirs", "disown", "suspend", "bind", "help", "mapfile", "readarray", "caller", "complete", "compgen", "compopt", "fc", "whence",
        "where", "rehash", "limit", "sched", "zmodload", "chdir", "cd", "exec",
    ];

    public static IReadOnlyList<ShellProgram> Of(string command)
    {
        if (ShellWords.Split(command) is not { } commands || commands.Any(c => c.Separator == "||")) return [];
        var programs = new List<ShellProgram>();
        var folders = new List<string>();
        var ranBefore = false;
        foreach (var simple in commands)
        {
            var words = simple.Words.SkipWhile(w => w.IsAssignment).ToList();
            if (simple.Words.Any(w => w.IsAssignment && w.Text.StartsWith("PATH=", StringComparison.Ordinal))) return programs;
            if (words is [{ IsPlain: true, Text: "exec" }, { IsPlain: true } next, ..] && !next.Text.StartsWith('-')) words.RemoveAt(0);
            if (words is not [var first, .. var rest]) continue;
            if (!first.IsPlain || Deciding.Contains(first.Text)) return programs;
            if (first.Text == "cd")
            {
                if (rest is not [{ IsPlain: true } folder] || folder.Text.StartsWith('-') || simple.Separator is not ("&&" or ";")) return programs;
                folders.Add(folder.Text);
            }
            else if (!Builtins.Contains(first.Text))
            {
                var program = new ShellProgram(first.Text, [.. folders]);
                // An earlier command may create the program.
                if (!ranBefore || !program.IsPath) programs.Add(program);
                ranBefore |= simple.Separator != "|";
                // Whether the next command runs depends on this one, or this one installs it.
                if (simple.Separator == "&&" || rest.Any(w => w.Text is "install" or "add" or "i" or "get")) return programs;
            }
        }

        return programs;
    }
}
