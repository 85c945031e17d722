using DiffPlex;

namespace OvermindGui.Core.Application;

/// <summary>Two lines that are equal, or one that has no equal in the other text; indexes into both.</summary>
internal readonly record struct AlignedPair(int? Left, int? Right);

/// <summary>Puts two texts side by side: equal lines beside each other, and what is between them in the order of time.</summary>
internal static class LineAlignment
{
    /// <param name="left">Lines to compare with and when each was printed, in order.</param>
    public static List<AlignedPair> Of(IReadOnlyList<(string Text, double Time)> left, IReadOnlyList<(string Text, double Time)> right)
    {
        var pairs = new List<AlignedPair>(Math.Max(left.Count, right.Count));
        var (l, r) = (0, 0);
        if (left.Count > 0 && right.Count > 0)
            foreach (var block in Differ.Instance.CreateDiffs(Joined(left), Joined(right), ignoreWhiteSpace: false, ignoreCase: false, new LineEnds()).DiffBlocks)
            {
                while (l < block.DeleteStartA) pairs.Add(new AlignedPair(l++, r++));
                Merge(block.DeleteStartA + block.DeleteCountA, block.InsertStartB + block.InsertCountB);
            }

        while (l < left.Count && r < right.Count) pairs.Add(new AlignedPair(l++, r++));
        Merge(left.Count, right.Count);
        return pairs;

        void Merge(int leftEnd, int rightEnd)
        {
            while (l < leftEnd || r < rightEnd)
                pairs.Add(r == rightEnd || (l < leftEnd && left[l].Time <= right[r].Time) ? new AlignedPair(l++, null) : new AlignedPair(null, r++));
        }
    }

    private static string Joined(IReadOnlyList<(string Text, double Time)> lines) => string.Join('\n', lines.Select(line => line.Text));

    private sealed class LineEnds : IChunker
    {
        public IReadOnlyList<string> Chunk(string text) => text.Split('\n');
    }
}
