using System.Text.RegularExpressions;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Tests.Contracts;

/// <summary>The version stands in one place, <c>Directory.Build.props</c>; the changelog's top entry is about it.</summary>
public partial class VersionTests
{
    [Fact]
    public void The_changelog_begins_with_the_version_that_is_built()
    {
        var top = TopEntry().Match(File.ReadAllText(Path.Combine(Repository.Root, "CHANGELOG.md")));

        Assert.Equal(ProductVersion.Text, top.Groups[1].Value);
    }

    [GeneratedRegex(@"^## \[(.*?)\]", RegexOptions.Multiline)]
    private static partial Regex TopEntry();
}
