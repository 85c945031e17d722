using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Tests.Contracts;

public class InitiatorTests
{
    [Theory]
    [InlineData(InitiatorKind.Page, null, "page")]
    [InlineData(InitiatorKind.CommandLine, "alice", "cli:alice")]
    [InlineData(InitiatorKind.FailureDeclaration, "error: out of memory", "failure-declaration:error: out of memory")]
    public void It_is_stored_as_its_kind_and_its_name(InitiatorKind kind, string? name, string stored)
    {
        var initiator = new Initiator(kind, name);

        Assert.Equal(stored, initiator.ToString());
        Assert.Equal(initiator, Initiator.Parse(stored));
    }

    [Fact]
    public void Every_kind_survives_being_stored() =>
        Assert.All(Enum.GetValues<InitiatorKind>(), kind => Assert.Equal(kind, Initiator.Parse(new Initiator(kind).ToString()).Kind));

    [Fact]
    public void A_row_without_one_comes_from_a_script() => Assert.Equal(Initiator.Script, Initiator.Parse(null));

    [Fact]
    public void What_a_script_writes_there_is_kept_as_its_name() =>
        Assert.Equal(new Initiator(InitiatorKind.Script, "cron job"), Initiator.Parse("cron job"));

    [Fact]
    public void A_name_is_stored_without_control_characters_and_short()
    {
        Assert.Equal("api:[31mcurl", new Initiator(InitiatorKind.Api, "\e[31mcurl\n\0").ToString());
        Assert.Equal("api:".Length + 200, new Initiator(InitiatorKind.Api, new string('x', 5000)).ToString().Length);
        Assert.Equal("api", new Initiator(InitiatorKind.Api, "\r\n ").ToString());
    }
}
