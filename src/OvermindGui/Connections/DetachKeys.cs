using System.Text;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Connections;

/// <summary>
/// The keys that end an attachment, in what is typed. Keys that begin the sequence are held back until it is clear whether the rest follows.
/// </summary>
internal sealed class DetachKeys
{
    public const string Default = "ctrl-p,ctrl-q";

    private readonly byte[] _sequence;
    private int _held;

    private DetachKeys(byte[] sequence) => _sequence = sequence;

    /// <summary>Reads keys with commas between them; <c>ctrl-p</c> and <c>ctrl+p</c> are the same. An empty text means none.</summary>
    /// <returns>Null when a name is unknown; then it is the second value.</returns>
    public static (DetachKeys? Keys, string? Unknown) Parse(string text)
    {
        var sequence = new StringBuilder();
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var plain = name.Length > 1 ? name.Replace('-', '+') : name;
            if (TerminalKeys.Sequence(plain) is not { } key) return (null, name);
            sequence.Append(key);
        }

        return (new DetachKeys(Encoding.UTF8.GetBytes(sequence.ToString())), null);
    }

    /// <summary>What of the typed bytes goes to the process, and whether the sequence was typed.</summary>
    public (byte[] Typed, bool Detach) Take(ReadOnlySpan<byte> typed)
    {
        if (_sequence.Length == 0) return (typed.ToArray(), false);
        var passed = new List<byte>(typed.Length + _held);
        foreach (var key in typed)
        {
            while (_held > 0 && key != _sequence[_held]) Release(passed);
            if (key != _sequence[_held]) passed.Add(key);
            else if (++_held == _sequence.Length) return ([.. passed], true);
        }

        return ([.. passed], false);
    }

    // The longest shorter beginning of the sequence that the held keys end with stays held.
    private void Release(List<byte> passed)
    {
        var held = _sequence.AsSpan(0, _held);
        var keep = _held - 1;
        while (keep > 0 && !held[(_held - keep)..].SequenceEqual(_sequence.AsSpan(0, keep))) keep--;
        passed.AddRange(held[..(_held - keep)]);
        _held = keep;
    }
}
