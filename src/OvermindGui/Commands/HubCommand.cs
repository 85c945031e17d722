using System.CommandLine;
using System.Globalization;
using OvermindGui.Core.Contracts;
using OvermindGui.Hub.Connecting;
using OvermindGui.Hub.Model;
using OvermindGui.Hub.Reading;
using OvermindGui.Invocation;
using OvermindGui.Options;

namespace OvermindGui.Commands;

/// <summary><c>hub</c>: sets up the PostgreSQL hub that daemons ship to, and shows what is in it.</summary>
internal static class HubCommand
{
    public static Command Create() => new("hub", "Set up a PostgreSQL hub for many machines, and show what is in it")
    {
        CreateInit(),
        CreateRoles(),
        HubPsCommand.Create(),
        HubLogsCommand.Create(),
        HubControlCommands.Create(CommandKind.Start),
        HubControlCommands.Create(CommandKind.Stop),
        HubControlCommands.Create(CommandKind.Restart),
        HubControlCommands.Create(CommandKind.Kill),
    };

    private static Command CreateInit()
    {
        var command = new Command("init", "Create the hub's tables, or bring them up to this version");
        var address = HubArguments.Address("The hub");
        var keepDays = new Option<string?>("--keep-days") { Description = $"Days that lines are kept in the hub (default: {HubSettings.DefaultKeepDays})", HelpName = "n" };
        keepDays.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && Days(text) is null) result.AddError($"--keep-days {text}: expected a number of days, 1 or more");
        });
        var roles = new Option<bool>("--roles") { Description = "Also create the roles overmind_writer, overmind_reader and overmind_admin" };
        var trigram = new Option<bool>("--search-index") { Description = "Also create an index for the search, by the extension pg_trgm: faster, and half as much disk again" };
        command.Add(address);
        command.Add(keepDays);
        command.Add(roles);
        command.Add(trigram);
        command.SetFailableAction(words => WithHubAsync(words, address, async hub =>
        {
            await HubSchema.InitialiseAsync(hub, words.GetValue(keepDays) is { } days ? Days(days) : null, words.GetValue(trigram), CancellationToken.None);
            if (words.GetValue(roles)) await HubSchema.CreateRolesAsync(hub, CancellationToken.None);
            Console.WriteLine($"The hub {hub.Address} is ready");
        }));
        return command;
    }

    private static Command CreateRoles()
    {
        var command = new Command("roles", "Print the script that creates the roles of writers, readers and admins");
        command.SetFailableAction(_ =>
        {
            Console.Write(HubSchema.Roles());
            return Task.FromResult(0);
        });
        return command;
    }

    /// <summary>Runs something on the hub that option or variable names; what goes wrong there is said in words.</summary>
    /// <exception cref="CommandFailure">There is no hub, or it cannot be used.</exception>
    public static async Task<int> WithHubAsync(ParseResult words, Option<string?> address, Func<HubDatabase, Task> use)
    {
        var named = HubArguments.Read(words, address)
            ?? throw new CommandFailure($"Which hub? Give {address.Name} or set {HubOptions.Variable}: {HubAddress.Accepted}");
        await using var hub = new HubDatabase(named);
        try
        {
            await use(hub);
            return 0;
        }
        catch (HubRequestException e)
        {
            throw new CommandFailure($"Error: {e.Message}");
        }
        catch (Exception e) when (HubErrors.IsOfHub(e))
        {
            throw new CommandFailure($"Error: {HubErrors.Describe(e, named)}");
        }
    }

    private static int? Days(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= 36_500 ? days : null;
}
