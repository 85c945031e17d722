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
            Background = "#0f172a",
            Surface = "#1e293b",
            DrawerBackground = "#1e293b",
            AppbarBackground = "#1e293b",
            AppbarText = "#f8fafc",
            DrawerText = "#cbd5e1",
            DrawerIcon = "#cbd5e1",
            TextPrimary = "#f8fafc",
            TextSecondary = "#cbd5e1",
            TextDisabled = "#64748b",
            ActionDefault = "#cbd5e1",
            ActionDisabled = "#64748b",
            ActionDisabledBackground = "#334155",
            Primary = "#2563eb",
            Success = "#059669",
            Warning = "#d97706",
            Error = "#dc2626",
            Info = "#2563eb",
            LinesDefault = "#334155",
            LinesInputs = "#475569",
            Divider = "#334155",
            OverlayDark = "rgba(2,6,23,0.65)",
        },
        PaletteLight = new PaletteLight
        {
            Background = "#f8fafc",
            Surface = "#ffffff",
            DrawerBackground = "#f8fafc",
            AppbarBackground = "#ffffff",
            AppbarText = "#0f172a",
            DrawerText = "#334155",
            DrawerIcon = "#475569",
            TextPrimary = "#0f172a",
            TextSecondary = "#475569",
            TextDisabled = "#94a3b8",
            ActionDefault = "#475569",
            ActionDisabled = "#94a3b8",
            ActionDisabledBackground = "#e2e8f0",
            Primary = "#2563eb",
            Success = "#047857",
            Warning = "#b45309",
            Error = "#dc2626",
            Info = "#2563eb",
            LinesDefault = "#e2e8f0",
            LinesInputs = "#cbd5e1",
            Divider = "#e2e8f0",
            OverlayDark = "rgba(15,23,42,0.45)",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Font, FontSize = ".875rem" },
            Button = new ButtonTypography { FontFamily = Font, FontSize = ".8125rem", FontWeight = "600", TextTransform = "none", LetterSpacing = "normal" },
        },
        LayoutProperties = new LayoutProperties { AppbarHeight = "48px", DrawerWidthLeft = "296px", DefaultBorderRadius = "6px" },
    };
}
