using Amana.Server.Foundation;

namespace Amana.Server.Exchange.Post;

/// <summary>There are letters to send.</summary>
internal sealed class PostSignal : Bell;
