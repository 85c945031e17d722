using System.Globalization;
using System.Runtime.InteropServices;

namespace OvermindGui.Daemon.Capture;

/// <summary>How the programs in the foreground of a terminal wait for what is typed there.</summary>
internal enum TerminalWait
{
    /// <summary>They do something else, or it is not known.</summary>
    None,

    /// <summary>One of them waits in select, poll or epoll. It may wait for other things too.</summary>
    Poll,

    /// <summary>One of them reads from the terminal.</summary>
    Read,
}

/// <summary>Finds out by the system calls in which the threads of the foreground group are, according to <c>/proc</c>.</summary>
internal static class TerminalWaits
{
    private enum Call
    {
        Read,
        Poll,
        Epoll,
    }

    // By the kernel's number. select, poll, epoll_wait and restart_syscall have none of their own on ARM.
    private static readonly Dictionary<int, Call> Calls = RuntimeInformation.ProcessArchitecture == Architecture.Arm64
        ? new()
        {
            [63] = Call.Read,
            [65] = Call.Read,
            [72] = Call.Poll,
            [73] = Call.Poll,
            [128] = Call.Poll,
            [22] = Call.Epoll,
            [441] = Call.Epoll,
        }
        : new()
        {
            [0] = Call.Read,
            [19] = Call.Read,
            [7] = Call.Poll,
            [23] = Call.Poll,
            [219] = Call.Poll,
            [270] = Call.Poll,
            [271] = Call.Poll,
            [232] = Call.Epoll,
            [281] = Call.Epoll,
            [441] = Call.Epoll,
        };

    /// <summary>The most certain wait of all its threads.</summary>
    public static TerminalWait Find(ForegroundGroup group)
    {
        var found = TerminalWait.None;
        foreach (var member in group.Members())
        {
            foreach (var thread in Entries($"/proc/{member.Pid}/task"))
            {
                var wait = WaitOf(group, member.Pid, thread);
                if (wait == TerminalWait.Read) return wait;
                if (wait > found) found = wait;
            }
        }

        return found;
    }

    private static TerminalWait WaitOf(ForegroundGroup group, int pid, string thread)
    {
        // syscall(5): "0 0x3 0x7f…": the number, then its arguments; "running", or "-1 …" outside a call.
        var words = Text($"{thread}/syscall").Split(' ', 3);
        if (words.Length < 2 || !int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || !Calls.TryGetValue(number, out var call)) return TerminalWait.None;
        var descriptor = (int)ulong.Parse(words[1].AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return call switch
        {
            Call.Read => group.IsTerminal(pid, descriptor) ? TerminalWait.Read : TerminalWait.None,
            Call.Epoll => Awaited(pid, descriptor).Any(awaited => group.IsTerminal(pid, awaited)) ? TerminalWait.Poll : TerminalWait.None,
            _ => group.IsTerminal(pid, 0) ? TerminalWait.Poll : TerminalWait.None, // which descriptors stands in its memory alone
        };
    }

    // The descriptors of an epoll: lines such as "tfd:        0 events: …".
    private static IEnumerable<int> Awaited(int pid, int epoll)
    {
        foreach (var line in Text($"/proc/{pid}/fdinfo/{epoll}").Split('\n'))
        {
            if (line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries) is ["tfd:", var descriptor, ..]
                && int.TryParse(descriptor, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) yield return number;
        }
    }

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // ended while we looked, or a kernel that does not say it
        }
    }

    private static string[] Entries(string folder)
    {
        try
        {
            return Directory.GetDirectories(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // ended while we looked
        }
    }
}
