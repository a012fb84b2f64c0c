using System.Net;
using System.Net.Sockets;

namespace MacroPortfolio.Simulator.Fleet;

/// <summary>Loopback ports for servers that instances start later.</summary>
internal static class Ports
{
    // Below what Linux gives to outgoing connections (32768 and up), so that none of these takes one before its server is started.
    private const int First = 20_000;
    private const int Last = 32_000;

    /// <summary>Different free ports. They do not come from the world's seed: two simulators of one world would ask for the same.</summary>
    public static int[] Take(int count) =>
        [.. Enumerable.Range(Random.Shared.Next(First, Last), Last - First).Select(port => port < Last ? port : port - Last + First).Where(IsFree).Take(count)];

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
