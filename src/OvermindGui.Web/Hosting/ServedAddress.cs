using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace OvermindGui.Web.Hosting;

/// <summary>What to open in a browser to reach a socket.</summary>
internal static class ServedAddress
{
    public static Uri Of(IPEndPoint endpoint) => new($"http://{HostOf(endpoint.Address)}:{endpoint.Port}");

    private static string HostOf(IPAddress address) =>
        address.Equals(IPAddress.Loopback) ? "localhost"
        : address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ? (IsContainer ? null : FirstOfMachine()?.ToString()) ?? "localhost"
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]"
        : address.ToString();

    // A container's own address is internal to its host; clients use a published port.
    private static bool IsContainer => Environment.ProcessId == 1;

    // All addresses are served; this is one that others can open.
    private static IPAddress? FirstOfMachine() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(card => card.OperationalStatus == OperationalStatus.Up && card.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        .SelectMany(card => card.GetIPProperties().UnicastAddresses)
        .Select(unicast => unicast.Address)
        .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork);
}
