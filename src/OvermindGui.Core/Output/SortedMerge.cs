namespace OvermindGui.Core.Output;

/// <summary>Merges sorted sequences, reading at most one item of each ahead.</summary>
internal static class SortedMerge
{
    public static IEnumerable<T> Of<T>(IEnumerable<IEnumerable<T>> sequences, Func<T, long> key, bool descending = false)
    {
        var opened = new List<IEnumerator<T>>();
        try
        {
            var next = new PriorityQueue<IEnumerator<T>, long>();
            foreach (var sequence in sequences)
            {
                var items = sequence.GetEnumerator();
                opened.Add(items);
                if (items.MoveNext()) next.Enqueue(items, Rank(items.Current));
            }

            while (next.TryDequeue(out var items, out _))
            {
                yield return items.Current;
                if (items.MoveNext()) next.Enqueue(items, Rank(items.Current));
            }
        }
        finally
        {
            foreach (var items in opened) items.Dispose();
        }

        long Rank(T item) => descending ? -key(item) : key(item);
    }
}
