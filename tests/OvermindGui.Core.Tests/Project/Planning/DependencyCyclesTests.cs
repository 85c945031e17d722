using CsCheck;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Core.Tests.Project.Planning;

public class DependencyCyclesTests
{
    [Fact]
    public void A_diamond_is_no_cycle() => Assert.Empty(Find(("web", "a b"), ("a", "db"), ("b", "db"), ("db", "")));

    [Fact]
    public void A_cycle_is_its_path_and_what_leads_to_it_is_no_part() =>
        Assert.Equal(["web → api → db → web"], Find(("page", "web"), ("web", "api"), ("api", "log db"), ("db", "web"), ("log", "")));

    [Fact]
    public void Separate_cycles_are_all_told() =>
        Assert.Equal(["a → b → a", "c → c"], Find(("a", "b"), ("b", "a"), ("c", "c"), ("d", "a")));

    [Fact]
    public void Names_without_dependencies_of_their_own_may_be_left_out() => Assert.Empty(Find(("web", "db")));

    [Fact]
    public void A_long_chain_is_followed_to_its_end()
    {
        var chain = Enumerable.Range(0, 50_000).Select(i => ($"p{i}", $"p{(i + 1) % 50_000}"));
        Assert.Equal(50_001, Assert.Single(Find([.. chain])).Split(" → ").Length);
    }

    [Fact]
    public void There_is_a_cycle_exactly_when_there_is_no_order() =>
        Gen.Select(Gen.Int[0, 7], Gen.Int[0, 7]).Array[0, 16].Sample(edges =>
        {
            var graph = Enumerable.Range(0, 8).Select(i => ($"{i}", string.Join(' ', edges.Where(e => e.Item1 == i).Select(e => e.Item2))));
            Assert.Equal(!HasOrder(edges), Find([.. graph]).Count > 0);
        });

    // Taking away what depends on nothing, until nothing is left.
    private static bool HasOrder((int From, int To)[] edges)
    {
        var open = Enumerable.Range(0, 8).ToHashSet();
        while (open.RemoveWhere(i => !edges.Any(e => e.From == i && open.Contains(e.To))) > 0)
        {
        }

        return open.Count == 0;
    }

    private static List<string> Find(params (string Name, string On)[] graph) =>
        [.. DependencyCycles.Find(graph.ToDictionary(
            g => g.Name, IReadOnlyCollection<string> (g) => g.On.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            .Select(c => string.Join(" → ", c))];
}
