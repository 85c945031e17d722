using OvermindGui.Web.Live;

namespace OvermindGui.Web.Tests.Live;

/// <summary>Long names that differ in their middle.</summary>
public class DistinctNamesTests
{
    [Fact]
    public void Names_that_differ_in_their_middle_keep_what_differs()
    {
        string[] all = ["web", .. Enumerable.Range(11, 30).Select(i => $"service-number-{i}-with-a-long-name")];
        var names = new DistinctNames(all);
        Assert.Equal("service-…11…name", names.ShortOf("service-number-11-with-a-long-name"));
        Assert.Equal(all.Length, all.Select(names.ShortOf).Distinct().Count());
        Assert.All(all, name => Assert.InRange(names.ShortOf(name).Length, 1, ShortName.Length));
    }

    [Fact]
    public void A_part_of_a_word_is_extended_to_the_word()
    {
        var names = new DistinctNames(["checkout-service-gateway-eu-west-production-blue", "checkout-service-gateway-us-east-production-blue"]);
        Assert.Equal("check…eu-west…ue", names.ShortOf("checkout-service-gateway-eu-west-production-blue"));
        Assert.Equal("check…us-east…ue", names.ShortOf("checkout-service-gateway-us-east-production-blue"));
    }

    [Fact]
    public void Names_that_differ_at_their_ends_keep_their_ends()
    {
        var names = new DistinctNames(["storybook-static-site-docs#1", "storybook-static-site-docs#12", "web"]);
        Assert.Equal("storybook…ocs#12", names.ShortOf("storybook-static-site-docs#12"));
        Assert.Null(names.PartOf("storybook-static-site-docs#12"));
        Assert.Equal("web", names.ShortOf("web"));
    }

    [Fact]
    public void A_name_that_another_one_begins_with_has_a_part_as_well()
    {
        var names = new DistinctNames(["worker-for-mails-and-mails-and-mails", "worker-for-mails-and-mails"]);
        Assert.All(["worker-for-mails-and-mails-and-mails", "worker-for-mails-and-mails"], name => Assert.InRange(names.ShortOf(name).Length, 1, ShortName.Length));
    }
}
