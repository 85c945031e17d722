namespace OvermindGui.EndToEnd.Support;

/// <summary>One after the other as well, but a page on which little moves may be open beside one that streams.</summary>
[CollectionDefinition(Name)]
public sealed class CalmBrowserTests : ICollectionFixture<Chromium>
{
    public const string Name = "calm browser";
}
