using System.Globalization;

namespace OvermindGui.OvermindStandIn;

/// <summary>The words behind the verb.</summary>
internal sealed class Options
{
    public Options(string[] words)
    {
        for (var i = 0; i < words.Length; i++)
            switch (words[i])
            {
                case "--procfile": Procfile = words[++i]; break;
                case "--socket": Socket = words[++i]; break;
                case "--timeout": Timeout = TimeSpan.FromSeconds(int.Parse(words[++i], CultureInfo.InvariantCulture)); break;
                case "--network" or "--formation": i++; break;
                case ['-', ..]: break;
                default: Names.Add(words[i]); break;
            }
    }

    public string Procfile { get; } = "./Procfile";

    public string Socket { get; } = "./.overmind.sock";

    public TimeSpan Timeout { get; } = TimeSpan.FromSeconds(5);

    public List<string> Names { get; } = [];

    /// <summary>What a test wants to be different, from a file in the folder: <c>mute</c>, <c>deaf</c>, <c>timestamps</c>, <c>late</c>.</summary>
    public static bool Wants(string habit) => File.Exists("stand-in.habits") && File.ReadAllLines("stand-in.habits").Contains(habit);
}
