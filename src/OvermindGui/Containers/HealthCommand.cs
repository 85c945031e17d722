using System.CommandLine;
using OvermindGui.Invocation;

namespace OvermindGui.Containers;

/// <summary><c>health</c>: checks the program that this container was started for; used by the container engine.</summary>
internal static class HealthCommand
{
    /// <param name="parse">Reads the arguments as the program itself does.</param>
    public static Command Create(Func<string[], ParseResult> parse)
    {
        var command = new Command("health", "Report whether what this container was started for works (for HEALTHCHECK)");
        command.SetFailableAction(async _ =>
        {
            var program = ContainerProgram.Read(parse);
            if (program.HasDaemon && DaemonHealth.FindProblem(program.Folder) is { } trouble) throw new CommandFailure(trouble);
            if (program.Dashboard is { } address && await DashboardHealth.FindProblemAsync(address, program.Folder) is { } problem)
                throw new CommandFailure(problem);
            Console.WriteLine("All is well");
            return 0;
        });
        return command;
    }
}
