using MudBlazor;

namespace OvermindGui.Web.Components.Layout;

/// <summary>Mud's half of the two themes; the custom properties of <c>theme.css</c> are the other. Fonts are the system's own.</summary>
internal static class DashboardTheme
{
    private static readonly string[] Font = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Cantarell", "Noto Sans", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteDark = new PaletteDark
        {
            Background = "#0b0f17",
            Surface = "#111722",
            DrawerBackground = "#111722",
            AppbarBackground = "#111722",
            AppbarText = "#e6ebf5",
            DrawerText = "#aab5ca",
            DrawerIcon = "#aab5ca",
            TextPrimary = "#e6ebf5",
            TextSecondary = "#aab5ca",
            TextDisabled = "#8f9bb3",
            ActionDefault = "#aab5ca",
            ActionDisabled = "#8f9bb3",
            ActionDisabledBackground = "#212b3d",
            Primary = "#6ea8fe",
            PrimaryContrastText = "#0b0f17",
            Success = "#3ecf8e",
            SuccessContrastText = "#0b0f17",
            Warning = "#f0b429",
            WarningContrastText = "#0b0f17",
            Error = "#ff7b7b",
            ErrorContrastText = "#1d0609",
            Info = "#6ea8fe",
            InfoContrastText = "#0b0f17",
            LinesDefault = "#212b3d",
            LinesInputs = "#33405a",
            Divider = "#212b3d",
            OverlayDark = "rgba(4,7,12,0.6)",
        },
        PaletteLight = new PaletteLight
        {
            Background = "#ffffff",
            Surface = "#ffffff",
            DrawerBackground = "#f6f8fb",
            AppbarBackground = "#f6f8fb",
            AppbarText = "#172033",
            DrawerText = "#3f4b63",
            DrawerIcon = "#3f4b63",
            TextPrimary = "#172033",
            TextSecondary = "#3f4b63",
            TextDisabled = "#55617a",
            ActionDefault = "#3f4b63",
            ActionDisabled = "#55617a",
            ActionDisabledBackground = "#dfe5ee",
            Primary = "#1f5fd6",
            PrimaryContrastText = "#ffffff",
            Success = "#0d7553",
            Warning = "#8a5c00",
            Error = "#c0202f",
            Info = "#1f5fd6",
            LinesDefault = "#dfe5ee",
            LinesInputs = "#c3cddb",
            Divider = "#dfe5ee",
            OverlayDark = "rgba(23,32,51,0.4)",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Font, FontSize = ".875rem" },
            Button = new ButtonTypography { FontFamily = Font, FontSize = ".8125rem", FontWeight = "600", TextTransform = "none", LetterSpacing = "normal" },
        },
        LayoutProperties = new LayoutProperties { AppbarHeight = "44px", DefaultBorderRadius = "6px" },
    };
}
