using Amana.Server.Foundation;
using Amana.Vocabulary;

namespace Amana.Server.Exchange.Post;

/// <summary>There are letters to send, and to whom.</summary>
internal sealed class PostSignal : Bell
{
    private readonly Lock _changing = new();
    private HashSet<BureauCode> _peers = [];

    /// <param name="peers">To whom something was queued; it is saved.</param>
    public void Ring(IEnumerable<BureauCode> peers)
    {
        lock (_changing) _peers.UnionWith(peers);
        Ring();
    }

    /// <summary>For whom it was rung since this was asked last.</summary>
    public IReadOnlyCollection<BureauCode> Take()
    {
        lock (_changing)
        {
            var taken = _peers;
            _peers = [];
            return taken;
        }
    }
}
