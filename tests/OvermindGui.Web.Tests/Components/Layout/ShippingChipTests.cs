using Bunit;
using Microsoft.Extensions.Time.Testing;
using OvermindGui.Core.Control;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Components.Layout;

namespace OvermindGui.Web.Tests.Components.Layout;

public sealed class ShippingChipTests : BunitContext
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(ShippingState.Hub, ShippingState.Shipping, null, 3, "hub", "ships")]
    [InlineData(ShippingState.Hub, ShippingState.Shipping, null, 8, "hub 1,204 lines behind", "behind")]
    [InlineData(ShippingState.Otlp, ShippingState.Shipping, null, 8, "OTLP", "ships")]
    [InlineData(ShippingState.Otlp, ShippingState.Shipping, "it has rejected 2 lines", 0, "OTLP: warning", "ships")]
    [InlineData(ShippingState.Otlp, ShippingState.Waiting, "it cannot be reached", 90, "OTLP away", "away")]
    [InlineData(ShippingState.Hub, ShippingState.Refused, "it refuses the login", 90, "hub refuses", "away")]
    public void It_says_how_the_shipping_goes(string name, string state, string? message, int seconds, string words, string look)
    {
        Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Now));
        var info = new ShippingInfo(name, "there", state, message, seconds == 0 ? 0 : 1_204, seconds == 0 ? null : Now.AddSeconds(-seconds));
        var chip = Render<ShippingChip>(parameters => parameters.Add(c => c.Info, info)).Find($"[data-testid={name}]");
        Assert.Equal(words, chip.TextContent);
        Assert.Contains(look, chip.ClassList);
        Assert.Equal(info.Describe(Now), chip.GetAttribute("title"));
    }
}
