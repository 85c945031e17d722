using System.CommandLine;
using OvermindGui.Completions;
using OvermindGui.Core.Planning;
using OvermindGui.Core.Projects;

namespace OvermindGui.Commands;

/// <summary>The folder a command is about: <c>PATH</c>, <c>--working-dir</c>, or the current one.</summary>
internal sealed class FolderArguments
{
    private const string PathName = "path";
    private const string WorkingDirectoryName = "--working-dir";

    public Argument<string?> Path { get; } = new(PathName)
    {
        Description = "Folder that holds the Procfile (default: the current folder)",
        Arity = ArgumentArity.ZeroOrOne,
        CompletionSources = { Places.Folders },
    };

    public Option<string?> WorkingDirectory { get; } = new(WorkingDirectoryName)
    {
        Description = "The same as PATH",
        HelpName = "folder",
        CompletionSources = { Places.Folders },
    };

    public void AddTo(Command command, bool withPath = true)
    {
        if (withPath) command.Add(Path);
        command.Add(WorkingDirectory);
    }

    /// <exception cref="CommandFailure">There is no such folder.</exception>
    public ProjectFolder Folder(ParseResult words)
    {
        var path = Given(words);
        if (path is ['-', ..] && !Directory.Exists(path)) throw new CommandFailure($"Unknown option: {path}");
        if (path is not null && !Directory.Exists(path)) throw new CommandFailure($"Directory not found: {path}");
        return new ProjectFolder(path ?? ".");
    }

    /// <exception cref="CommandFailure">There is no such folder, or no Procfile in it.</exception>
    public ProjectFolder FolderWithProcfile(ParseResult words)
    {
        var folder = Folder(words);
        return File.Exists(folder.Procfile)
            ? folder
            : throw new CommandFailure($"Procfile not found in {Given(words) ?? "current directory"}");
    }

    /// <summary>The same for whoever runs it, by whatever name flags, variables and environment files call it.</summary>
    /// <exception cref="CommandFailure">There is no such folder, or no Procfile in it.</exception>
    public ProjectFolder FolderWithProcfile(ParseResult words, PlanOptions options)
    {
        var folder = Folder(words);
        var procfile = RecordedPlan.Load(folder, options).Procfile;
        return procfile == folder.Procfile ? FolderWithProcfile(words)
            : File.Exists(procfile) ? folder
            : throw new CommandFailure($"Procfile not found: {procfile}");
    }

    /// <summary>As it was typed, for whatever command it was; null for the current folder.</summary>
    public static string? TypedIn(ParseResult words)
    {
        var command = words.CommandResult.Command;
        var path = command.Arguments.OfType<Argument<string?>>().FirstOrDefault(a => a.Name == PathName);
        var option = command.Options.OfType<Option<string?>>().FirstOrDefault(o => o.Name == WorkingDirectoryName);
        return (path is null ? null : words.GetValue(path)) ?? (option is null ? null : words.GetValue(option));
    }

    private string? Given(ParseResult words) =>
        (words.CommandResult.Command.Arguments.Contains(Path) ? words.GetValue(Path) : null) ?? words.GetValue(WorkingDirectory);
}
