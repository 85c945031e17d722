using System.ComponentModel;
using System.Runtime.InteropServices;
using OvermindGui.Core.Project;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Daemon.Launching;

/// <summary>A process could not be started. The message gives the reason in readable form, without the name of the process.</summary>
internal sealed class LaunchException(string message, Exception? inner = null) : Exception(message, inner)
{
    private const int NotPermitted = 1;
    private const int TooLong = 7; // E2BIG
    private const int AccessDenied = 13;

    /// <summary>What is wrong with a folder in which a process is to run; null when nothing is.</summary>
    public static string? FindProblem(PlannedProcess plan, ProjectFolder project)
    {
        if (Directory.Exists(plan.WorkingDirectory)) return null;
        var folder = Path.GetRelativePath(project.Root, plan.WorkingDirectory);
        if (folder.StartsWith("..", StringComparison.Ordinal)) folder = plan.WorkingDirectory;
        return File.Exists(plan.WorkingDirectory) ? $"{folder} is a file, not a folder" : $"the folder {folder} does not exist";
    }

    /// <summary>From what the system said when it was to start a program.</summary>
    public static LaunchException Of(Win32Exception failure, PlannedProcess plan, ProjectFolder project)
    {
        if (FindProblem(plan, project) is { } problem) return new LaunchException(problem, failure);
        var code = failure.InnerException is Win32Exception cause ? cause.NativeErrorCode : failure.NativeErrorCode;
        return new LaunchException(
            code switch
            {
                TooLong => "its command and variables are longer than the system allows",
                NotPermitted or AccessDenied => $"the folder {plan.WorkingDirectory} may not be entered, or a program may not be run ({Marshal.GetPInvokeErrorMessage(code)})",
                _ => $"the system does not start it ({Marshal.GetPInvokeErrorMessage(code)})",
            },
            failure);
    }
}
