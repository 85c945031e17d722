using OvermindGui.Core.Terminal;

namespace OvermindGui.Core.Tests.Support;

/// <summary>Keeps what an assembler passes on, as a store would, and checks that numbers grow by one.</summary>
internal sealed class ReceivedLines
{
    public List<StyledLine> Lines { get; } = [];

    /// <summary>How often a line was passed on again.</summary>
    public int Amendments { get; private set; }

    public string[] Texts => [.. Lines.Select(l => l.Text)];

    public void Receive(long number, in StyledLine line)
    {
        Assert.InRange(number, 0, Lines.Count);
        if (number == Lines.Count)
        {
            Lines.Add(line);
            return;
        }

        Lines[(int)number] = line;
        Amendments++;
    }
}
