using Amana.Server.Foundation;

namespace Amana.Server.Screening;

/// <summary>Whose turn it is to change a batch: the runner's, for one step, or an officer's, for one order.</summary>
/// <remarks>So that an order waits for one chunk at most; two that only retried when they met would let the quicker one win for
/// seconds. One turn for all, since one batch runs at a time.</remarks>
internal sealed class BatchTurn : Turns;
