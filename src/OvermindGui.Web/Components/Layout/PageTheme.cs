using Microsoft.JSInterop;

namespace OvermindGui.Web.Components.Layout;

/// <summary>
/// The theme of this browser: dark, light, or the system's. <c>theme.js</c> knows it before the first byte is painted; here it is for the
/// colours that MudBlazor computes.
/// </summary>
public sealed class PageTheme(IJSRuntime script) : IDisposable
{
    private DotNetObjectReference<PageTheme>? _self;

    /// <summary>The choices as the script knows them.</summary>
    public static IReadOnlyList<(string Choice, string Label)> Choices { get; } = [("dark", "Dark theme"), ("light", "Light theme"), ("system", "Theme of the system")];

    /// <summary>Another theme is shown.</summary>
    public event Action? Changed;

    /// <summary>Whether the dark one is shown.</summary>
    public bool IsDark { get; private set; } = true;

    /// <summary>What was chosen.</summary>
    public string Choice { get; private set; } = "system";

    /// <summary>Reads what the browser shows, and follows the system from now on.</summary>
    public async Task AttachAsync()
    {
        _self ??= DotNetObjectReference.Create(this);
        Take(await script.InvokeAsync<ThemeState?>("overmindTheme.watch", _self));
    }

    /// <summary>Chooses a theme for this browser.</summary>
    public async Task ChooseAsync(string choice) => Take(await script.InvokeAsync<ThemeState?>("overmindTheme.choose", choice));

    /// <summary>Called by the script when the system changes its theme.</summary>
    [JSInvokable]
    public void OnSystemTheme(ThemeState state) => Take(state);

    /// <inheritdoc/>
    public void Dispose() => _self?.Dispose();

    private void Take(ThemeState? state)
    {
        if (state is null) return;
        (Choice, IsDark) = (state.Choice, state.Dark);
        Changed?.Invoke();
    }
}

/// <summary>What the script says of the theme.</summary>
public sealed record ThemeState(string Choice, bool Dark);
