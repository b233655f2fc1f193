using System.Net;
using System.Net.Sockets;

namespace BscFlow.Local.Running;

/// <summary>A port of the loopback address, taken before anything else is begun and handed to Kestrel later.</summary>
internal sealed class LoopbackPort : IDisposable
{
    private LoopbackPort(Socket socket)
    {
        Socket = socket;
        Number = ((IPEndPoint)socket.LocalEndPoint!).Port;
        Address = new Uri($"http://{IPAddress.Loopback}:{Number}/");
    }

    public Socket Socket { get; }

    public int Number { get; }

    public Uri Address { get; }

    /// <param name="port">0 takes a free one.</param>
    /// <exception cref="RefusalException">The port is in use or may not be used.</exception>
    public static LoopbackPort Take(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return new LoopbackPort(socket);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new RefusalException(
                e.SocketErrorCode == SocketError.AddressAlreadyInUse
                    ? $"port {port} is in use; give another one with --port, or --port 0 for a free one"
                    : $"port {port} cannot be used ({e.Message}); give another one with --port",
                e);
        }
    }

    public void Dispose() => Socket.Dispose();
}
