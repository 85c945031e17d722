using System.Runtime.Versioning;
using OvermindGui.Web.Security;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Security;

[SupportedOSPlatform("linux")]
public sealed class TokenFileTests : IDisposable
{
    private readonly StoredProject _project = new();

    private string File => _project.Folder.TokenFile;

    [Fact]
    public void It_is_made_at_random_for_its_owner_alone()
    {
        using var other = new StoredProject();
        var token = TokenFile.ReadOrCreate(_project.Folder);

        Assert.Equal(43, token.Length); // 256 bits
        Assert.NotEqual(token, TokenFile.ReadOrCreate(other.Folder));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        Assert.Equal([File], Directory.GetFiles(_project.Folder.Root));
    }

    [Fact]
    public void It_is_kept() => Assert.Equal(TokenFile.ReadOrCreate(_project.Folder), TokenFile.ReadOrCreate(_project.Folder));

    [Fact]
    public void All_who_start_at_once_have_the_same_one() =>
        Assert.Single(Enumerable.Range(0, 16).AsParallel().Select(_ => TokenFile.ReadOrCreate(_project.Folder)).Distinct());

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_link_is_followed_neither_to_a_file_nor_to_nowhere(bool exists)
    {
        using var elsewhere = new StoredProject();
        var victim = Path.Combine(elsewhere.Folder.Root, "victim");
        if (exists) System.IO.File.WriteAllText(victim, new string('x', 43));
        System.IO.File.CreateSymbolicLink(File, victim);

        var refusal = Assert.Throws<TokenFileException>(() => TokenFile.ReadOrCreate(_project.Folder));

        Assert.Contains(File, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(exists, System.IO.File.Exists(victim));
    }

    [Fact]
    public void One_that_others_can_read_is_refused()
    {
        TokenFile.ReadOrCreate(_project.Folder);
        System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.Contains("can be read by others", Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("with spaces in it, which no cookie or header may have")]
    public void One_that_is_none_is_refused(string text)
    {
        TokenFile.ReadOrCreate(_project.Folder);
        System.IO.File.WriteAllText(File, text);
        Assert.Contains("does not hold a token", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Starts_at_once_all_read_the_same_one()
    {
        var tokens = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => TokenFile.ReadOrCreate(_project.Folder))));
        Assert.Single(tokens.Distinct());
    }

    public void Dispose() => _project.Dispose();

    private string Refusal() => Assert.Throws<TokenFileException>(() => TokenFile.ReadOrCreate(_project.Folder)).Message;
}
