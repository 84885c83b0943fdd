namespace Amana.Server.Keys;

/// <summary>Changes the keys: a new master key closes all secrets, a new data key seals what is new.</summary>
/// <remarks>Not while another process does the same; a server that runs beside it goes on with what it has and takes up the new keys within a minute.</remarks>
public sealed class KeyRotation
{
    private readonly KeyFolder _keys;
    private readonly FieldSealer _sealer;

    internal KeyRotation(KeyFolder keys, FieldSealer sealer) => (_keys, _sealer) = (keys, sealer);

    /// <param name="Master">Number of the master key now.</param>
    /// <param name="Data">Number of the data key now.</param>
    /// <param name="Secrets">How many secrets were closed anew.</param>
    public sealed record Changed(int Master, int Data, int Secrets);

    public Changed Change()
    {
        int data = _sealer.MakeNext();
        var (master, secrets) = _keys.ChangeMaster();
        return new(master, data, secrets);
    }
}
