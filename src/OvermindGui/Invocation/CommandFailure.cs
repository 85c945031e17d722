using System.CommandLine;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Storage;

namespace OvermindGui.Invocation;

/// <summary>A command that cannot be carried out. The message is meant for the user.</summary>
internal sealed class CommandFailure(string message, int exitCode = 1) : Exception(message)
{
    public int ExitCode => exitCode;
}

internal static class CommandActions
{
    /// <summary>Runs the action; prints a <see cref="CommandFailure"/> to stderr and returns its exit code.</summary>
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
