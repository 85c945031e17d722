using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OvermindGui.Web.Http;

namespace OvermindGui.Web.Components.Layout;

public sealed partial class MainLayout(IJSRuntime script)
{
    private bool _dark = true;

    [CascadingParameter(Name = "StartsDark")] public bool StartsDark { get; set; } = true;

    public bool IsDark => _dark;

    public async Task ToggleThemeAsync()
    {
        _dark = !_dark;
        StateHasChanged();
        await script.InvokeVoidAsync("overmindPage.setTheme", ThemeCookie.Name, _dark ? ThemeCookie.Dark : ThemeCookie.Light);
    }

    protected override void OnInitialized() => _dark = StartsDark;
}
