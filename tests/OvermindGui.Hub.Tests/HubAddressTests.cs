using OvermindGui.Hub.Connecting;

namespace OvermindGui.Hub.Tests;

/// <summary>What is accepted as an address, and what is shown of it.</summary>
public sealed class HubAddressTests
{
    [Fact]
    public void User_and_password_are_not_part_of_its_text()
    {
        var address = HubAddress.Parse("Host=db.example;Port=6000;Database=logs;Username=alice;Password=hunter2", withPassword: true, out _)!;
        Assert.Equal("logs at db.example:6000", address.ToString());
        Assert.Contains("hunter2", address.ConnectionString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("Host=db")]
    [InlineData("Database=logs")]
    [InlineData("Host=db;Database=logs;Port=many")]
    [InlineData("Host=db;Database=logs;Surprise=hunter2")]
    [InlineData("Host=db;Database=logs;Password=hunter2")]
    public void What_is_wrong_is_said_without_what_was_given(string text)
    {
        Assert.Null(HubAddress.Parse(text, withPassword: false, out var problem));
        Assert.NotEmpty(problem);
        Assert.DoesNotContain("hunter2", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_user_says_about_a_limit_counts()
    {
        var address = HubAddress.Parse("Host=db;Database=logs;CommandTimeout=7", withPassword: true, out _)!;
        Assert.Contains("Command Timeout=7", address.ConnectionString, StringComparison.Ordinal);
        Assert.Contains("statement_timeout", address.ConnectionString, StringComparison.Ordinal);
    }
}
