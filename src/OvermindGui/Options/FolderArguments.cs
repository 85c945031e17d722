using System.CommandLine;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Terminal;
using OvermindGui.Invocation;

namespace OvermindGui.Options;

/// <summary>
/// The folder of a command (<c>PATH</c>, <c>--working-dir</c>, or the project that the current folder belongs to) and the folder of its database.
/// </summary>
internal sealed class FolderArguments
{
    public const string FolderName = "--working-dir";
    private const string PathName = "path";
    public const string DataName = "--data";
    private const string DataVariable = "OVERMIND_GUI_DATA";
    private const string ProcfileVariable = "OVERMIND_PROCFILE";

    private string? _found;

    public Argument<string?> Path { get; } = new(PathName)
    {
        Description = "Folder that holds the Procfile (default: the current folder, or the nearest one above it that has a project)",
        Arity = ArgumentArity.ZeroOrOne,
        CompletionSources = { Places.Folders },
    };

    public Option<string?> WorkingDirectory { get; } = new(FolderName)
    {
        Description = "The same as PATH",
        HelpName = "folder",
        CompletionSources = { Places.Folders },
    };

    public Option<string?> Data { get; } = new(DataName)
    {
        Description = "Folder of the database, the lock, the daemon's log and the token (default: the Procfile's)",
        HelpName = "folder",
    };

    public void AddTo(Command command, bool withPath = true)
    {
        if (withPath) command.Add(Path);
        command.Add(WorkingDirectory);
        command.Add(Data);
    }

    /// <exception cref="CommandFailure">The folder does not exist.</exception>
    public ProjectFolder Folder(ParseResult words)
    {
        var path = GetPath(words);
        if (path is ['-', ..] && !Directory.Exists(path)) throw new CommandFailure($"Unknown option: {path}");
        if (path is not null && !Directory.Exists(path)) throw new CommandFailure($"Directory not found: {path}");
        return Place(path ?? Found(words), words.GetValue(Data));
    }

    /// <param name="data">The option's value. Without it the variable applies, whose path is relative to the project's folder.</param>
    /// <exception cref="CommandFailure">
    /// The folder for the database does not exist, or a name that the product uses in it is taken.
    /// </exception>
    public static ProjectFolder Place(string path, string? data)
    {
        var source = data is null ? DataVariable : DataName;
        if (data is null && Environment.GetEnvironmentVariable(DataVariable) is { Length: > 0 } variable)
            data = System.IO.Path.Combine(System.IO.Path.GetFullPath(path), variable);
        if (data is not null && !Directory.Exists(data))
            throw new CommandFailure($"Error: {source}: there is no folder {data}; create it, or mount the volume there");
        var folder = new ProjectFolder(path, data);
        return OwnFiles.FindProblem(folder) is { } problem ? throw new CommandFailure($"Error: {problem}") : folder;
    }

    /// <summary>The folder and its Procfile, as named by flags, variables, environment files or <c>.foreman</c>.</summary>
    /// <exception cref="CommandFailure">The folder or its Procfile does not exist.</exception>
    public ProjectFolder FolderWithProcfile(ParseResult words, PlanOptions options)
    {
        var folder = Folder(words);
        var plan = RecordedPlan.Load(folder, options);
        return System.IO.Path.Exists(plan.Procfile) ? folder
            : throw new CommandFailure(plan.Settings.IsProcfileGiven
                ? $"Procfile not found: {plan.Procfile}"
                : $"Procfile not found in {GetPath(words) ?? (folder.Root == Directory.GetCurrentDirectory() ? "current directory" : folder.Root)}");
    }

    /// <summary>
    /// The project that is meant without a typed folder. An option or a variable that names a file or a folder relates to the current one.
    /// </summary>
    public static ProjectSearch Search(ParseResult words)
    {
        var here = Directory.GetCurrentDirectory();
        var isNamed = PlanFlags.ProcfileIn(words) is not null || Typed(words, DataName) is not null
            || Environment.GetEnvironmentVariable(ProcfileVariable) is { Length: > 0 } || Environment.GetEnvironmentVariable(DataVariable) is { Length: > 0 };
        if (isNamed) return new ProjectSearch(here, []);
        var search = ProjectSearch.Upwards(here, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));
        // An environment file of the current folder may name a Procfile in another place.
        return search.Folder == here || !System.IO.Path.Exists(RecordedPlan.Load(new ProjectFolder(here), new PlanOptions()).Procfile) ? search
            : new ProjectSearch(here, []);
    }

    /// <summary>The folder as typed or, without one, that of <see cref="Search"/>, for any command.</summary>
    public static string Nearest(ParseResult words) => TypedIn(words) is { Length: > 0 } typed ? typed : Search(words).Folder ?? ".";

    /// <summary>The folder as typed, for any command; null for the current folder.</summary>
    private static string? TypedIn(ParseResult words)
    {
        var path = words.CommandResult.Command.Arguments.OfType<Argument<string?>>().FirstOrDefault(a => a.Name == PathName);
        return (path is null ? null : words.GetValue(path)) ?? Typed(words, FolderName);
    }

    // Null too where the command has no such option, or help is asked for.
    private static string? Typed(ParseResult words, string name) =>
        words.CommandResult.Command.Options.OfType<Option<string?>>().FirstOrDefault(o => o.Name == name) is { } option ? words.GetValue(option) : null;

    // Says once what was chosen; a command may ask several times.
    private string Found(ParseResult words)
    {
        if (_found is not null) return _found;
        var (here, search) = (Directory.GetCurrentDirectory(), Search(words));
        foreach (var problem in search.Skipped)
            Console.Error.WriteLine($"Skipped a project: {VisibleText.Of(problem)}. To use it all the same, name its folder: {FolderName} FOLDER");
        if (search.Folder is { } folder && folder != here) Console.Error.WriteLine($"Using the project in {VisibleText.Of(folder)}");
        return _found = search.Folder ?? here;
    }

    private string? GetPath(ParseResult words) =>
        (words.CommandResult.Command.Arguments.Contains(Path) ? words.GetValue(Path) : null) ?? words.GetValue(WorkingDirectory);
}
