using OvermindGui.EndToEnd.Support;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(BrowsersFirst))]

namespace OvermindGui.EndToEnd.Support;

/// <summary>The two long chains begin at once, and all that is short runs beside them.</summary>
public sealed class BrowsersFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(c => c.TestCollectionDisplayName is BrowserTests.Name or CalmBrowserTests.Name ? 0 : 1)];
}
