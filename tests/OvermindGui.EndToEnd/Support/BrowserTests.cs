namespace OvermindGui.EndToEnd.Support;

/// <summary>Browser tests run one after the other: two pages that stream at once starve each other on a small machine.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<Chromium>
{
    public const string Name = "browser";
}
