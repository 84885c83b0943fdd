using Amana.Server.Foundation;

namespace Amana.Server.Exchange.Book;

/// <summary>There is a newer directory to send on, or a card to put into it.</summary>
internal sealed class DirectorySignal : Bell;
