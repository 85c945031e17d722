using System.Text;

namespace OvermindGui.OvermindStandIn;

/// <summary>Lines of everybody, each in one piece, behind a name in colour.</summary>
internal sealed class MultiOutput(int longestName)
{
    private static readonly bool IsMute = Options.Wants("mute");
    private static readonly bool ShowsTime = Options.Wants("timestamps");

    private readonly Stream _output = Console.OpenStandardOutput();
    private readonly int _width = Math.Max(longestName, 6);
    private readonly Lock _lock = new();

    public int PrefixWidth => _width + " | ".Length;

    public void Title(string title) => _output.Write(Encoding.UTF8.GetBytes($"\e]0;{title} | overmind\a"));

    /// <summary>Overmind's own words.</summary>
    public void Say(string name, int color, string text)
    {
        if (!IsMute) Write(name, color, Encoding.UTF8.GetBytes($"\e[1m{text}\e[0m"));
    }

    public void Write(string name, int color, ReadOnlySpan<byte> line)
    {
        var time = ShowsTime ? $"\e[0;38;5;{color}m{DateTime.Now:HH:mm:ss} " : "";
        lock (_lock)
            _output.Write([.. Encoding.UTF8.GetBytes($"{time}\e[1;38;5;{color}m{name.PadRight(_width)}\e[0m | "), .. line, (byte)'\n']);
    }
}
