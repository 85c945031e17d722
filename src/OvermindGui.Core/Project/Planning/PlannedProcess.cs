namespace OvermindGui.Core.Project.Planning;

/// <summary>One process as it is to run: an instance of a Procfile entry, with all that files and options say about it.</summary>
public sealed record PlannedProcess
{
    /// <summary><c>web</c>, or <c>web#2</c> when the entry has several instances.</summary>
    public required string Name { get; init; }

    /// <summary>Its name in the Procfile.</summary>
    public required string Entry { get; init; }

    /// <summary>1-based number among the instances of its entry.</summary>
    public int Instance { get; init; } = 1;

    /// <summary>1-based line number in the Procfile.</summary>
    public required int Line { get; init; }

    /// <summary>Handed to <see cref="Shell"/> with <c>-c</c>.</summary>
    public required string Command { get; init; }

    public string Shell { get; init; } = "/bin/sh";

    /// <summary>Absolute path.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>Why it does not run at the start although it is listed, such as <c>left out by --ignored-processes</c>; null when it runs.</summary>
    public string? LeftOut { get; init; }

    /// <summary>Value of <c>PORT</c>; null when ports are off.</summary>
    public int? Port { get; init; }

    /// <summary>Variables that it has beside or instead of those it inherits from the daemon.</summary>
    public required IReadOnlyDictionary<string, PlannedVariable> Environment { get; init; }

    public RestartRule Restart { get; init; } = RestartRule.Never;

    /// <summary>When it ends by itself and is not started again, all others are ended too, and then the daemon.</summary>
    public bool EndsOthers { get; init; }

    public StopSignal StopSignal { get; init; } = StopSignal.Terminate;

    /// <summary>From the stop signal to SIGKILL.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(5);

    public IReadOnlyList<Dependency> DependsOn { get; init; } = [];

    /// <summary>How to tell that it is ready; null when running is enough.</summary>
    public ReadyCheck? Ready { get; init; }

    /// <summary>It does its work and ends; an end with code 0 is its purpose.</summary>
    public bool OneShot { get; init; }

    /// <summary>Whether it gets a terminal; null to follow the daemon's options.</summary>
    public bool? Pty { get; init; }

    /// <summary>Processes of a group are shown together.</summary>
    public string? Group { get; init; }
}

/// <summary>The value of a variable and where it comes from.</summary>
/// <param name="Origin">For people: <c>.env line 3</c>, <c>overmind-gui.yaml line 7</c>, <c>Overmind GUI</c> for PORT and PS.</param>
public sealed record PlannedVariable(string Value, string Origin);
