using Amana.Exchange.Post;
using Amana.Server.Data;
using Amana.Server.Exchange.Line;
using Amana.Server.Foundation;

namespace Amana.Server.Exchange.Post;

/// <summary>The post office of this bureau, once it is set up.</summary>
internal sealed class PostRoom(Instance instance, PostStore store, LetterLine line, PostSeal seal, TimeProvider clock)
{
    private readonly Lock _opening = new();
    private PostOffice? _office;

    /// <summary>Null before the bureau has its name.</summary>
    public PostOffice? Office
    {
        get
        {
            if (!instance.IsSetUp) return null;
            lock (_opening) return _office ??= new PostOffice(instance.Bureau, store, line, seal, clock.GetUtcNow, Random.Shared.NextDouble);
        }
    }
}
