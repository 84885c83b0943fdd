using Amana.Server.Foundation;

namespace Amana.Server.Watchlists;

/// <summary>Keeps questions away until all lists answer.</summary>
internal sealed class ListsReady(ListShelf shelf) : IReadyWhen
{
    public string What => "lists";
    public bool IsReady => shelf.IsReady;
}
