using System.CommandLine;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Storage;

namespace OvermindGui.Commands;

/// <summary>A command cannot do what was asked. The message is for the person.</summary>
internal sealed class CommandFailure(string message, int exitCode = 1) : Exception(message)
{
    public int ExitCode => exitCode;
}

internal static class CommandActions
{
    /// <summary>Runs the action; a <see cref="CommandFailure"/> is printed to stderr and becomes the exit code.</summary>
    public static void SetFailableAction(this Command command, Func<ParseResult, Task<int>> action) =>
        command.SetAction(async (words, _) =>
        {
            try
            {
                return await action(words);
            }
            catch (CommandFailure failure)
            {
                await Console.Error.WriteLineAsync(failure.Message);
                return failure.ExitCode;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync($"Error: {e.Message}");
                return 1;
            }
            catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
            {
                await Console.Error.WriteLineAsync($"Error: The database cannot be used now ({e.Message}); {SqliteErrors.WhatHelps}");
                return 1;
            }
        });
}
