using System.Globalization;

namespace OvermindGui.Core.Contracts;

/// <summary>A port on which a process listens. As text <c>3000</c> for TCP, <c>5353/udp</c> for UDP.</summary>
public readonly record struct ListeningPort(int Port, bool IsUdp)
{
    private const string UdpEnding = "/udp";

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Port}{(IsUdp ? UdpEnding : "")}");

    /// <summary>The stored form of several, TCP first; null for none.</summary>
    public static string? Text(IEnumerable<ListeningPort> ports) =>
        string.Join(' ', ports.Distinct().OrderBy(p => p.IsUdp).ThenBy(p => p.Port)) is { Length: > 0 } text ? text : null;

    /// <summary>The reverse of <see cref="Text"/>; unknown words are ignored.</summary>
    public static IReadOnlyList<ListeningPort> Parse(string? text)
    {
        if (text is null) return [];
        var ports = new List<ListeningPort>();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var isUdp = word.EndsWith(UdpEnding, StringComparison.Ordinal);
            if (ushort.TryParse(isUdp ? word[..^UdpEnding.Length] : word, NumberStyles.None, CultureInfo.InvariantCulture, out var port)) ports.Add(new(port, isUdp));
        }

        return ports;
    }
}
