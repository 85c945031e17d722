using System.CommandLine;

namespace OvermindGui.Commands;

internal static class CheckCommand
{
    public static Command Create() => new("check", "Tell what is wrong, or will surprise, before anything runs");
}
